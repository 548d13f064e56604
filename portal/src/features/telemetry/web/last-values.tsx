import { useEffect, useMemo, useState } from 'react'
import { formatTime } from '#platform/core'
import { EmptyState, Measure, useLanguage, useTexts, useTimeZone } from '#platform/web'
import { type DeviceMetrics, extendHistory, type History, type LiveReading, type Measured } from '../core/index.ts'
import style from './last-values.module.css'
import type { Span } from './span.ts'
import { Sparkline } from './sparkline.tsx'
import { type Present, usePresent } from './use-present.ts'

interface Props {
  deviceId: string
  side: 'own' | 'console'
  first: Present
  readMetrics(): Promise<DeviceMetrics>
  readHistory(metric: string, span: Span): Promise<History>
  /** something else of the machine has changed: its connection, alarms or health, or what the reader may see */
  onChange(): void
}

const day = 24 * 3_600_000
const old = 300_000

/** What a machine measured last, each beside its course of the last day, which go on by themselves. */
export function LastValues({ first, readHistory, ...rest }: Props) {
  const t = useTexts('telemetry')
  const { metrics, now, readAt, tail } = usePresent({ ...rest, first, every: 300_000 })
  if (metrics.metrics.every(({ latest }) => latest === null))
    return <EmptyState title={t(metrics.withheld ? 'withheld' : 'none')} />
  const newest = Math.max(...metrics.metrics.map(({ latest }) => (latest ? Date.parse(latest.at) : 0)))
  return (
    <ul className={style.values}>
      {metrics.metrics.map(metric => (
        <Value {...{ metric, newest, now, readAt, readHistory }} tail={tail.get(metric.key)} key={metric.key} />
      ))}
    </ul>
  )
}

interface ValueProps {
  metric: Measured
  /** of the last readings of the machine, in milliseconds since 1970: a value that is older says of when it is */
  newest: number
  now: number
  readAt: number
  tail: readonly LiveReading[] | undefined
  readHistory: Props['readHistory']
}

function Value({ metric, newest, now, readAt, tail, readHistory }: ValueProps) {
  const language = useLanguage()
  const zone = useTimeZone()
  const { key, name, unit, decimals, latest } = metric
  const [known, setKnown] = useState<History | null>(null)
  useEffect(() => {
    let current = true
    readHistory(key, { from: readAt - day, to: readAt }).then(
      history => current && setKnown(history),
      () => {}, // the value stands without its course
    )
    return () => {
      current = false
    }
  }, [key, readAt, readHistory])
  const history = useMemo(() => known && extendHistory(known, tail ?? []), [known, tail])
  return (
    <li>
      <span className={style.name}>{name[language]}</span>
      <strong className={style.value} data-metric={key}>
        {latest ? <Measure value={latest.value} unit={unit} decimals={decimals} /> : '–'}
      </strong>
      {history && history.points.length > 1 ? <Sparkline history={history} from={now - day} to={now} /> : null}
      {latest && newest - Date.parse(latest.at) > old ? (
        <small className={style.at}>{formatTime(latest.at, language, zone)}</small>
      ) : null}
    </li>
  )
}
