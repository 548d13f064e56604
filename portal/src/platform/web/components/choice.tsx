import { createContext, type InputHTMLAttributes, type ReactNode, useContext, useId } from 'react'
import style from './choice.module.css'

const Wrong = createContext(false)

interface ChoiceProps extends InputHTMLAttributes<HTMLInputElement> {
  type: 'checkbox' | 'radio'
  label: ReactNode
  /** what it means, in smaller type below */
  help?: ReactNode
}

/** A box or a dot to tick, with its words beside it; the words can be tapped too. */
export function Choice({ label, help, ...input }: ChoiceProps) {
  const wrong = useContext(Wrong)
  return (
    <label className={style.choice}>
      <input {...input} aria-invalid={wrong ? true : undefined} />
      {label}
      {help ? <small>{help}</small> : null}
    </label>
  )
}

/** Choices that answer one question. error: what to do about them, below */
export function ChoiceGroup({ title, error, children }: { title: ReactNode; error?: string | undefined; children: ReactNode }) {
  const id = useId()
  return (
    <Wrong value={error !== undefined}>
      <fieldset className={style.group} aria-describedby={error ? id : undefined}>
        <legend>{title}</legend>
        {children}
        {error ? (
          <p className={style.error} id={id}>
            {error}
          </p>
        ) : null}
      </fieldset>
    </Wrong>
  )
}
