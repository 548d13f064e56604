import { formatDay, formatNumber, formatUnit } from '#platform/core'
import { StatusBadge, type Tone, useLanguage, useTexts } from '#platform/web'
import type { DueState, DueTask } from '../core/index.ts'

const tones: Record<DueState, Tone> = { overdue: 'bad', due: 'warn', soon: 'waiting', later: 'neutral', unknown: 'neutral' }

export function DueBadge({ state }: { state: DueState }) {
  const t = useTexts('advisory')
  return <StatusBadge tone={tones[state]}>{t(`state.${state}`)}</StatusBadge>
}

/** A counter's value with its unit: '2,000 h'. */
export function useCounted() {
  const language = useLanguage()
  return (value: number, unit: string) =>
    `${formatNumber(value, language)}${unit ? `\u202f${formatUnit(unit, language)}` : ''}`.trim()
}

/** When a task is due: its day, its counter, or what of the machine makes it due. null: not known */
export function useDueWords() {
  const t = useTexts('advisory')
  const language = useLanguage()
  const counted = useCounted()
  return ({ due, counter }: DueTask): string | null => {
    if (due.because) return t('because', { what: due.because[language] })
    const at = due.at === null || !counter ? null : counted(due.at, counter.metric.unit)
    const now = counter && counter.now !== null ? counted(Math.floor(counter.now), counter.metric.unit) : null
    const words = [due.on && formatDay(due.on, language), at && (now ? t('by', { at, now }) : t('byAlone', { at }))].filter(
      Boolean,
    )
    return words.length > 0 ? words.join(t('or')) : null
  }
}

/** In which rhythm a task comes round. */
export function useRhythm() {
  const t = useTexts('advisory')
  const language = useLanguage()
  const counted = useCounted()
  return ({ everyMonths, counter, condition }: DueTask): string =>
    [
      everyMonths === null ? null : t('months', { count: everyMonths }),
      counter && t('counted', { every: counted(counter.every, counter.metric.unit), metric: counter.metric.name[language] }),
      condition &&
        t(`onCondition.${condition.kind}`, { code: condition.name?.[language] ?? condition.code, below: condition.below }),
    ]
      .filter(Boolean)
      .join(t('or'))
}
