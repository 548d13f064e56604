import { formatDate } from '#platform/core'
import { useLanguage, useTexts, useTimeZone } from '#platform/web'
import type { DeviceHealthView } from '../core/index.ts'
import style from './health.module.css'

const width = 600
const height = 120

/** The index over the time it is known, in steps: it holds until it changes. */
export function IndexCourse({ history, until }: { history: DeviceHealthView['history']; until: string | null }) {
  const t = useTexts('diagnosis')
  const language = useLanguage()
  const timeZone = useTimeZone()
  const [first, last] = [history[0], history.at(-1)]
  if (!first || !last) return null
  const [begin, end] = [Date.parse(first.at), Math.max(Date.parse(until ?? last.at), Date.parse(first.at) + 1)]
  const x = (at: number) => ((at - begin) / (end - begin)) * width
  const y = (index: number) => height - (index / 100) * height
  const line = history.map(({ at, index }) => `H${x(Date.parse(at)).toFixed(1)}V${y(index).toFixed(1)}`).join('')
  const said = t('courseSummary', { min: Math.min(...history.map(({ index }) => index)), last: last.index })
  return (
    <figure className={style.course}>
      <figcaption>{t('course')}</figcaption>
      <svg viewBox={`0 -2 ${width} ${height + 4}`} role="img" aria-label={said} preserveAspectRatio="none">
        {[0, 50, 100].map(index => (
          <line x1="0" x2={width} y1={y(index)} y2={y(index)} key={index} />
        ))}
        <path d={`M0 ${y(first.index).toFixed(1)}${line}H${width}`} />
      </svg>
      <div className={style.ends} suppressHydrationWarning>
        <small>{formatDate(first.at, language, timeZone)}</small>
        <small>{formatDate(new Date(end), language, timeZone)}</small>
      </div>
    </figure>
  )
}
