import type { ReactNode } from 'react'
import style from './security.module.css'

interface SecurityItemProps {
  title: string
  /** how it stands, a few words */
  state: ReactNode
  detail?: ReactNode
  /** the detail asks for something to be done */
  attention?: boolean
  actions?: ReactNode
  /** the sheets it opens, and lists of its own */
  children?: ReactNode
}

/** One way of protecting the account: its name, how it stands, what can be done. */
export function SecurityItem({ title, state, detail, attention = false, actions, children }: SecurityItemProps) {
  return (
    <div className={style.item}>
      <div className={style.words}>
        <h3>{title}</h3>
        <p>{state}</p>
        {detail ? <p className={attention ? style.attention : style.detail}>{detail}</p> : null}
      </div>
      {actions ? <div className={style.actions}>{actions}</div> : null}
      {children}
    </div>
  )
}
