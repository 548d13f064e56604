import { formatTime } from '#platform/core'
import { StatusBadge, useLanguage, useTexts, useTimeZone } from '#platform/web'
import type { StaffRequest } from '../core/index.ts'
import style from './privacy.module.css'

/** Until when a request is to be answered; of a closed one, when it was closed. */
export function DueBadge({ request: { dueAt, closedAt, weekdaysLeft } }: { request: StaffRequest }) {
  const t = useTexts('privacy')
  const language = useLanguage()
  const zone = useTimeZone()
  if (closedAt) return <time dateTime={closedAt}>{formatTime(closedAt, language, zone)}</time>
  const overdue = weekdaysLeft < 0
  return (
    <span className={style.line}>
      <time dateTime={dueAt}>{formatTime(dueAt, language, zone)}</time>
      <StatusBadge tone={overdue ? 'bad' : weekdaysLeft <= 5 ? 'warn' : 'neutral'}>
        {t(overdue ? 'console.overdue' : 'console.left', { count: Math.abs(weekdaysLeft) })}
      </StatusBadge>
    </span>
  )
}
