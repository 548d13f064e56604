import { type InputHTMLAttributes, type ReactNode, type SelectHTMLAttributes, type TextareaHTMLAttributes, useId } from 'react'
import { useTexts } from '../i18n/index.ts'
import style from './field.module.css'

interface FieldProps {
  label: string
  help?: ReactNode
  /** what to do about it; absent while there is nothing wrong */
  error?: string | undefined
  required?: boolean
  /** says "optional" beside the label */
  optional?: boolean
  /** gets the ids that tie the control to its words */
  children: (control: { id: string; 'aria-describedby'?: string; 'aria-invalid'?: boolean; required?: boolean }) => ReactNode
}

/** Label above, control, help below, error under it. */
export function Field({ label, help, error, required = false, optional = false, children }: FieldProps) {
  const t = useTexts('platform')
  const id = useId()
  const described = [help ? `${id}-help` : '', error ? `${id}-error` : ''].filter(Boolean).join(' ')
  return (
    <div className={style.field}>
      <label className={style.label} htmlFor={id}>
        {label}
        {optional ? <span className={style.mark}> {t('form.optional')}</span> : null}
      </label>
      {children({
        id,
        ...(described ? { 'aria-describedby': described } : {}),
        ...(error ? { 'aria-invalid': true } : {}),
        ...(required ? { required: true } : {}),
      })}
      {help ? (
        <p className={style.help} id={`${id}-help`}>
          {help}
        </p>
      ) : null}
      {error ? (
        <p className={style.error} id={`${id}-error`}>
          {error}
        </p>
      ) : null}
    </div>
  )
}

type Words = Omit<FieldProps, 'children'>

export function TextField({ label, help, error, required, optional, ...input }: Words & InputHTMLAttributes<HTMLInputElement>) {
  return (
    <Field {...words({ label, help, error, required, optional })}>
      {control => <input {...input} {...control} className={style.input} />}
    </Field>
  )
}

export function TextAreaField({
  label,
  help,
  error,
  required,
  optional,
  ...area
}: Words & TextareaHTMLAttributes<HTMLTextAreaElement>) {
  return (
    <Field {...words({ label, help, error, required, optional })}>
      {control => <textarea {...area} {...control} className={style.input} />}
    </Field>
  )
}

export interface Selectable {
  value: string | number
  label: string
  /** of the label, where it is not that of the page */
  lang?: string
}

/** One of a few. */
export function SelectField({
  label,
  help,
  error,
  required,
  optional,
  options,
  ...select
}: Words & SelectHTMLAttributes<HTMLSelectElement> & { options: readonly Selectable[] }) {
  return (
    <Field {...words({ label, help, error, required, optional })}>
      {control => (
        <select {...select} {...control} className={style.input}>
          {options.map(({ label: name, ...option }) => (
            <option key={option.value} {...option}>
              {name}
            </option>
          ))}
        </select>
      )}
    </Field>
  )
}

/** Leaves out what is undefined, which exact optional types want. */
const words = (given: { [Key in keyof Words]?: Words[Key] | undefined }): Words =>
  Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as unknown as Words

interface QuantityProps {
  value: number
  min: number
  max: number
  step?: number
  label: string
  disabled?: boolean
  onChange(value: number): void
}

/** A number on a grid, by buttons, arrow keys or typing; what is typed lands on the nearest allowed value. */
export function QuantityField({ value, min, max, step = 1, label, disabled = false, onChange }: QuantityProps) {
  const t = useTexts('platform')
  const toGrid = (wish: number) => {
    const steps = Math.round((Math.min(max, Math.max(min, wish)) - min) / step)
    return Math.min(max, Number((min + steps * step).toFixed(6)))
  }
  return (
    <span className={style.stepper}>
      <button
        type="button"
        aria-label={`${label}: ${t('form.less')}`}
        disabled={disabled || value <= min}
        onClick={() => onChange(toGrid(value - step))}
      >
        −
      </button>
      <input
        key={value}
        inputMode="decimal"
        aria-label={label}
        defaultValue={value}
        disabled={disabled}
        onBlur={event => {
          const wish = Number(event.target.value)
          if (event.target.value.trim() !== '' && Number.isFinite(wish) && toGrid(wish) !== value) onChange(toGrid(wish))
          else event.target.value = String(value)
        }}
        onKeyDown={event => {
          if (event.key === 'Enter') event.currentTarget.blur()
          const by = { ArrowUp: step, ArrowDown: -step }[event.key]
          if (by === undefined) return
          event.preventDefault()
          onChange(toGrid(value + by))
        }}
      />
      <button
        type="button"
        aria-label={`${label}: ${t('form.more')}`}
        disabled={disabled || value >= max}
        onClick={() => onChange(toGrid(value + step))}
      >
        +
      </button>
    </span>
  )
}
