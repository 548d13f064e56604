import { formatDate } from '#platform/core'
import { Notice, useLanguage, useTexts } from '#platform/web'
import style from './readings.module.css'

interface Props {
  /** for how many months every reading is kept; null: without end */
  months: number | null
  /** ISO 8601; null: every reading is there as it was measured */
  until: string | null
  /** where the time begins that charts show, in milliseconds since 1970 */
  from: number
}

/** For how long, or since when, every reading is kept; said aloud where charts go back past it. */
export function ByTheHour({ months, until, from }: Props) {
  const t = useTexts('telemetry')
  const language = useLanguage()
  if (until === null) return months === null ? null : <p className={style.muted}>{t('kept', { count: months })}</p>
  const date = formatDate(until, language, 'UTC')
  if (from >= Date.parse(until)) return <p className={style.muted}>{t('hourlySince', { date })}</p>
  return <Notice title={t('hourlyShown', { date })}>{t('hourlyShownHelp')}</Notice>
}
