import type { ReactNode } from 'react'
import { formatTime } from '#platform/core'
import { useLanguage } from '../i18n/index.ts'
import style from './timeline.module.css'

export interface TimelineEntry {
  id: string
  /** ISO 8601 */
  at: string
  title: ReactNode
  body?: ReactNode
  /** what a person said or sent, as against what the portal noted */
  strong?: boolean
}

/** What happened, in the order given. `zone` is the IANA time zone of the reader. */
export function Timeline({ entries, zone }: { entries: readonly TimelineEntry[]; zone: string }) {
  const language = useLanguage()
  return (
    <ol className={style.timeline}>
      {entries.map(entry => (
        <li className={style.entry} key={entry.id}>
          <span className={entry.strong ? `${style.mark} ${style.strong}` : style.mark} />
          <div>
            <div className={style.head}>
              <span>{entry.title}</span>
              <time className={style.time} dateTime={entry.at} suppressHydrationWarning>
                {formatTime(entry.at, language, zone)}
              </time>
            </div>
            {entry.body ? <div className={style.body}>{entry.body}</div> : null}
          </div>
        </li>
      ))}
    </ol>
  )
}
