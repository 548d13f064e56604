import type { History } from '../core/index.ts'
import style from './last-values.module.css'

/** The course of a metric in small, for the eye alone: beside it stands its value. from, to: milliseconds since 1970 */
export function Sparkline({ history, from, to }: { history: History; from: number; to: number }) {
  const { points, step } = history
  const low = Math.min(...points.map(({ mean }) => mean))
  const high = Math.max(...points.map(({ mean }) => mean))
  const x = (at: number) => ((at - from) / (to - from)) * width
  const y = (value: number) => (high === low ? height / 2 : height - 2 - ((value - low) / (high - low)) * (height - 4))
  let before = Number.NaN
  const path = points
    .map(({ at, mean }) => {
      const moment = Date.parse(at)
      const goesOn = moment - before <= step * 3
      before = moment
      return `${goesOn ? 'L' : 'M'}${x(moment).toFixed(1)} ${y(mean).toFixed(1)}`
    })
    .join('')
  return (
    <svg className={style.spark} viewBox={`0 0 ${width} ${height}`} preserveAspectRatio="none" aria-hidden="true">
      <path d={path} fill="none" stroke="currentColor" strokeWidth="1.5" vectorEffect="non-scaling-stroke" />
    </svg>
  )
}

const [width, height] = [120, 28]
