import { formatTime } from '#platform/core'
import { LocaleLink, useLanguage, useTexts, useTimeZone } from '#platform/web'
import type { ChartMark } from '../core/index.ts'
import style from './mark-list.module.css'
import { MarkSign, toneOf } from './mark-sign.tsx'

/** What happened in the time that is shown, each with the way to its page; the latest first. */
export function MarkList({ marks, machine }: { marks: readonly ChartMark[]; machine: string }) {
  const t = useTexts('telemetry')
  const language = useLanguage()
  const zone = useTimeZone()
  if (marks.length === 0) return null
  const time = ({ from, until }: ChartMark) => {
    const begun = formatTime(from, language, zone)
    if (until === from) return begun
    return until === null ? t('since', { at: begun }) : t('zoomed', { from: begun, to: formatTime(until, language, zone) })
  }
  return (
    <details className={style.happened} open={marks.length <= 6}>
      <summary>
        <h2>{t('happened')}</h2> <small>{marks.length}</small>
      </summary>
      <ul>
        {marks.toReversed().map(mark => (
          <li data-tone={toneOf(mark)} key={mark.kind + mark.id}>
            <MarkSign kind={mark.kind} />
            <span>{t(`marks.${mark.kind}`)}</span>
            <LocaleLink to={machine + mark.page}>{mark.name[language]}</LocaleLink>
            <small>{time(mark)}</small>
          </li>
        ))}
      </ul>
    </details>
  )
}
