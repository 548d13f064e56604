import { formatExactTime, formatNumber, formatUnit } from '#platform/core'
import { useLanguage, useTexts, useTimeZone } from '#platform/web'
import { type History, pointAt } from '../core/index.ts'
import style from './readings.module.css'

interface Props {
  history: History
  unit: string
  decimals: number
  /** what the reader points at, in milliseconds since 1970; null: nothing, and the whole is summed up */
  at: number | null
}

/** Lowest, mean and highest: of the step that is pointed at, with its time to the second, or of the whole. */
export function Readout({ history, unit, decimals, at }: Props) {
  const t = useTexts('telemetry')
  const language = useLanguage()
  const zone = useTimeZone()
  const point = at === null ? null : pointAt(history, at)
  const words = at === null ? summed(history) : point
  const measured = (value: number | undefined) =>
    value === undefined ? '–' : `${formatNumber(value, language, decimals)} ${formatUnit(unit, language)}`.trim()
  return (
    <dl className={style.extremes}>
      <dt>{t('time')}</dt>
      <dd>{at === null ? t('shownTime') : formatExactTime(point?.at ?? new Date(at), language, zone)}</dd>
      <dt>{t('minimum')}</dt>
      <dd>{measured(words?.min)}</dd>
      <dt>{t('mean')}</dt>
      <dd>{measured(words?.mean)}</dd>
      <dt>{t('maximum')}</dt>
      <dd>{measured(words?.max)}</dd>
    </dl>
  )
}

/** Of a course with readings. */
export function summed({ points }: History): { min: number; mean: number; max: number } {
  const count = points.reduce((sum, point) => sum + point.count, 0)
  return {
    min: Math.min(...points.map(({ min }) => min)),
    mean: points.reduce((sum, point) => sum + point.mean * point.count, 0) / count,
    max: Math.max(...points.map(({ max }) => max)),
  }
}
