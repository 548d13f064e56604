import { Link } from 'react-router'
import { useTexts } from '../i18n/index.ts'
import style from './bell.module.css'

/** Leads to what somebody was told, and says how much of it he has not read. most: what is above is shown as 99+ */
export function Bell({ href, unread, most = 99 }: { href: string; unread: number; most?: number }) {
  const t = useTexts('platform')
  return (
    <Link
      to={href}
      className={style.bell}
      aria-label={unread > 0 ? t('layout.noticesUnread', { count: Math.min(unread, most) }) : t('layout.notices')}
    >
      <svg viewBox="0 0 24 24" fill="none" stroke="currentColor" strokeWidth="1.5" aria-hidden="true">
        <path d="M6 10a6 6 0 0 1 12 0c0 5 2 6.5 2 6.5H4S6 15 6 10zM10 20a2 2 0 0 0 4 0" />
      </svg>
      {unread > 0 ? (
        <span className={style.count} aria-hidden="true">
          {unread > most ? `${most}+` : unread}
        </span>
      ) : null}
    </Link>
  )
}
