import type { ReactNode } from 'react'
import style from './notice.module.css'

interface NoticeProps {
  tone?: 'info' | 'good' | 'warn' | 'bad'
  title?: ReactNode
  children?: ReactNode
  /** spoken at once when it appears */
  live?: boolean
}

/** Something the reader should know, where it matters. */
export function Notice({ tone = 'info', title, children, live = false }: NoticeProps) {
  return (
    <div className={`${style.notice} ${style[tone]}`} role={live ? (tone === 'bad' ? 'alert' : 'status') : undefined}>
      <svg className={style.sign} viewBox="0 0 18 18" aria-hidden="true" fill="none" stroke="currentColor" strokeWidth="1.8">
        {signs[tone]}
      </svg>
      <div className={style.body}>
        {title ? <p className={style.title}>{title}</p> : null}
        {children}
      </div>
    </div>
  )
}

const signs = {
  info: <path d="M9 1.5a7.5 7.5 0 1 1 0 15 7.5 7.5 0 0 1 0-15zM9 8v5M9 4.8v1.6" />,
  good: <path d="M9 1.5a7.5 7.5 0 1 1 0 15 7.5 7.5 0 0 1 0-15zM5.5 9.3 8 11.8l4.6-5.3" />,
  warn: <path d="M9 1.8 17 16H1zM9 7v4.5M9 12.8v1.5" />,
  bad: <path d="M5.6 1.5h6.8l4.1 4.1v6.8l-4.1 4.1H5.6l-4.1-4.1V5.6zM9 4.8V10M9 11.6v1.6" />,
}
