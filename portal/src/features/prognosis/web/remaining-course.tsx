import type { Outlook } from '../core/index.ts'
import style from './remaining.module.css'

type Before = Outlook['components'][number]['before']

/** What was foretold over time: the band of the interval and its middle, from the bottom, which is the end of life. */
export function RemainingCourse({ before, label }: { before: Before; label: string }) {
  const times = before.map(({ asOf }) => Date.parse(asOf))
  const [first, last] = [times[0]!, times.at(-1)!]
  const most = Math.max(...before.map(({ remaining }) => remaining.upper), 1)
  const x = (place: number) => (100 * (times[place]! - first)) / Math.max(1, last - first)
  const y = (hours: number) => 100 - (96 * hours) / most
  const along = (of: (remaining: Before[number]['remaining']) => number) =>
    before.map(({ remaining }, place) => `${x(place).toFixed(2)} ${y(of(remaining)).toFixed(2)}`)
  const band = [...along(({ upper }) => upper), ...along(({ lower }) => lower).toReversed()]
  return (
    <svg viewBox="0 0 100 100" preserveAspectRatio="none" role="img" aria-label={label}>
      <path className={style.rail} d="M0 100H100" />
      <path className={style.band} d={`M${band.join('L')}Z`} />
      <path className={style.line} d={`M${along(({ median }) => median).join('L')}`} />
    </svg>
  )
}
