import { formatNumber, formatUnit } from '#platform/core'
import { useLanguage, useTexts } from '#platform/web'
import type { Condition, Part } from '../core/index.ts'
import type { OfferedMetric } from './metric.ts'

/** Says a condition in one line, with the names and units of its metrics. */
export function useConditionWords(metrics: readonly OfferedMetric[]): (condition: Condition) => string {
  const t = useTexts('alarms')
  const language = useLanguage()
  const metricOf = (key: string | null) => metrics.find(metric => metric.key === key)
  const nameOf = (key: string | null) => (key === null ? t('rules.anyMetric') : (metricOf(key)?.name[language] ?? key))
  const measured = (value: number, key: string) => {
    const unit = metricOf(key)?.unit
    return unit ? `${formatNumber(value, language)} ${formatUnit(unit, language)}` : formatNumber(value, language)
  }

  function plain(part: Part): string {
    switch (part.kind) {
      case 'group':
        return part.parts.map(say).join(` ${t(`condition.${part.join}`)} `)
      case 'threshold':
        return t('condition.threshold', {
          ...{ metric: nameOf(part.metric), op: t(`rules.ops.${part.op}`), value: measured(part.value, part.metric) },
        })
      case 'rate':
        return t(`condition.${part.side}`, {
          ...{ metric: nameOf(part.metric), value: measured(part.value, part.metric), seconds: part.seconds },
        })
      case 'deviation':
        return t('condition.deviation', { metric: nameOf(part.metric), factor: part.factor })
      case 'silence':
        return t('condition.silence', { metric: nameOf(part.metric), seconds: part.seconds })
      case 'schedule':
        return t('condition.schedule', { from: part.from, until: part.until })
    }
  }

  function say(part: Part): string {
    let what = plain(part)
    if ('lasting' in part && part.lasting) what = t('condition.lasting', { what, seconds: part.lasting })
    if ('repeated' in part && part.repeated) what = t('condition.repeated', { what, ...part.repeated })
    return what
  }
  return say
}
