import type { Remaining } from '../core/index.ts'
import style from './remaining.module.css'

/** An interval of remaining life on a scale from now. most: hours at its end */
export function RemainingBar({ remaining, most, label }: { remaining: Remaining; most: number; label: string }) {
  const at = (hours: number) => `${(100 * Math.min(1, hours / most)).toFixed(2)}%`
  const { lower, median, upper, beyond } = remaining
  return (
    <svg className={style.bar} role="img" aria-label={label}>
      <line className={style.rail} x1="0" x2="100%" y1="14" y2="14" />
      <rect
        className={style.band}
        x={at(lower)}
        width={
          beyond ? `${100 - Number.parseFloat(at(lower))}%` : `${Number.parseFloat(at(upper)) - Number.parseFloat(at(lower))}%`
        }
        y="6"
        height="16"
      />
      {beyond ? null : <line className={style.middle} x1={at(median)} x2={at(median)} y1="2" y2="26" />}
    </svg>
  )
}
