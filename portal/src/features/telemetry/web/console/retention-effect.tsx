import { useEffect, useState } from 'react'
import { formatDate, formatNumber, formatTime } from '#platform/core'
import { api, Notice, useLanguage, useTexts, useTimeZone } from '#platform/web'
import { isShorter, type RetentionEffect, type RetentionMonths, runAfter, weighRetention } from '../../core/index.ts'

/** What choosing a term does: which readings a shorter one would leave by the hour alone, and when. */
export function RetentionEffectLine({ months, before }: { months: RetentionMonths; before: RetentionMonths }) {
  const t = useTexts('telemetry')
  const language = useLanguage()
  const timeZone = useTimeZone()
  const [effect, setEffect] = useState<RetentionEffect | 'failed' | null>(null)
  const weighed = months !== null && isShorter(months, before) ? months : null
  useEffect(() => {
    if (weighed === null) return
    let current = true
    api.call(weighRetention, { query: { months: weighed } }).then(
      found => current && setEffect(found),
      () => current && setEffect('failed'),
    )
    return () => {
      current = false
    }
  }, [weighed])
  if (months === before) return null
  if (weighed === null) return <p aria-live="polite">{t('retention.longer')}</p>
  if (effect === 'failed') return <Notice tone="bad" live title={t('retention.failed')} />
  if (effect === null) return <p aria-live="polite">{t('retention.weighing')}</p>
  const { readings, from, until } = effect
  if (!from || !until) return <p aria-live="polite">{t('retention.effectNone')}</p>
  const [first, last] = [from, until].map(at => formatDate(at, language, 'UTC'))
  const run = formatTime(runAfter(new Date()), language, timeZone)
  return (
    <Notice
      tone="warn"
      live
      title={t('retention.effect', { count: readings, many: formatNumber(readings, language, 0), from: first, until: last, run })}
    />
  )
}
