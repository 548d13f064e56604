import { formatDate } from '#platform/core'
import { LocaleLink, useLanguage, useTexts, useTimeZone } from '#platform/web'
import type { NoticeIssue } from '../core/index.ts'
import style from './privacy.module.css'

/** A version of the notice in a list: its number and day lead to it, and what was new. */
export function IssueLine({ issue: { version, publishedAt, change } }: { issue: NoticeIssue }) {
  const t = useTexts('privacy')
  const language = useLanguage()
  const zone = useTimeZone()
  return (
    <li>
      <LocaleLink to={`/privacy/versions/${version}`} suppressHydrationWarning>
        {publishedAt ? t('versions.version', { version, day: formatDate(publishedAt, language, zone) }) : t('versions.shipped')}
      </LocaleLink>
      {change[language] ? <p className={style.muted}>{change[language]}</p> : null}
    </li>
  )
}
