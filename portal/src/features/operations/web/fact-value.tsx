import { formatNumber, formatTime, type Language } from '#platform/core'
import { useLanguage, useTimeZone } from '#platform/web'
import type { HealthFact } from '../core/index.ts'

/** A fact as a person reads it: 41.3 MB, 3 min, 2026/11/25 14:05. */
export function FactValue({ value, unit }: Pick<HealthFact, 'value' | 'unit'>) {
  const language = useLanguage()
  const zone = useTimeZone()
  if (unit === 'time') return <time dateTime={String(value)}>{formatTime(String(value), language, zone)}</time>
  if (typeof value === 'string') return value
  if (unit === 'bytes') return formatBytes(value, language)
  if (unit === 'seconds') return formatSpan(value, language)
  if (unit === 'milliseconds') return `${formatNumber(value, language)} ms`
  if (unit === 'perSecond') return `${formatNumber(value, language, 1)} /s`
  if (unit === 'percent') return `${formatNumber(Math.round(value), language)} %`
  return formatNumber(value, language)
}

function formatBytes(bytes: number, language: Language): string {
  const step = Math.min(4, Math.max(0, Math.floor(Math.log(Math.max(1, bytes)) / Math.log(1000))))
  const value = bytes / 1000 ** step
  return `${formatNumber(value >= 100 ? Math.round(value) : Math.round(value * 10) / 10, language)} ${['B', 'kB', 'MB', 'GB', 'TB'][step]}`
}

const spans = [
  [86_400, 'day'],
  [3600, 'hour'],
  [60, 'minute'],
  [1, 'second'],
] as const

/** In the largest unit that fits. */
function formatSpan(seconds: number, language: Language): string {
  const [size, unit] = spans.find(([size]) => seconds >= size) ?? spans.at(-1)!
  const style = { style: 'unit', unit, unitDisplay: 'short', maximumFractionDigits: 0 } as const
  return new Intl.NumberFormat(language === 'en' ? 'en-GB' : language, style).format(Math.floor(seconds / size))
}
