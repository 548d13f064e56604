import { useCallback, useEffect, useRef, useState } from 'react'
import type { DeviceMetrics, LiveReading } from '../core/index.ts'
import { useDeviceStream } from './use-device-stream.ts'

/** What is known of a machine, and when that was, in milliseconds since 1970. */
export interface Present {
  metrics: DeviceMetrics
  at: number
}

interface Wish {
  deviceId: string
  side: 'own' | 'console'
  first: Present
  readMetrics(): Promise<DeviceMetrics>
  /** ms after which the course is read anew; null: it is of the past, only last readings go on */
  every: number | null
  /** something else of the machine has changed: its connection, alarms or health, or what the reader may see */
  onChange?(): void
}

interface Shown {
  metrics: DeviceMetrics
  /** the end of what charts show */
  now: number
  /** when the course was read, and what came of each metric since */
  readAt: number
  tail: ReadonlyMap<string, LiveReading[]>
}

/** How often a page looks by itself while there is no stream, in milliseconds. */
const look = 5000
/** readings of one metric that are kept until the course is read anew */
const longestTail = 600

/** The present of a machine: by the stream of what it reports, or by looking every few seconds while that is away. */
export function usePresent({ deviceId, side, first, readMetrics, every, onChange = () => {} }: Wish): Shown {
  const [shown, setShown] = useState<Shown>({ metrics: first.metrics, now: first.at, readAt: first.at, tail: new Map() })
  const mounted = useRef(true)
  const read = useCallback(async () => {
    if (document.visibilityState !== 'visible') return
    const metrics = await readMetrics().catch(() => null) // the next look tries again
    if (metrics && mounted.current) setShown(before => moved({ ...before, metrics }, every))
  }, [readMetrics, every])
  const readAll = () => {
    void read()
    onChange()
  }
  const live = useDeviceStream(side, [deviceId], {
    readings: ({ readings }) => setShown(before => moved(withReadings(before, readings), fed(every))),
    connection({ connected, since }) {
      setShown(before => ({ ...before, metrics: { ...before.metrics, connection: { connected, since } } }))
      onChange()
    },
    alarm: onChange,
    health: onChange,
    rights: readAll,
    again: readAll,
  })
  useEffect(() => {
    mounted.current = true
    return () => {
      mounted.current = false
    }
  }, [])
  useEffect(() => {
    const timer = setInterval(live ? () => setShown(before => moved(before, fed(every))) : read, look)
    return () => clearInterval(timer)
  }, [live, read, every])
  return shown
}

function withReadings(before: Shown, readings: readonly LiveReading[]): Shown {
  const last = new Map(readings.map(reading => [reading[0], reading]))
  const tail = new Map(before.tail)
  for (const [metric, all] of Map.groupBy(readings, ([key]) => key))
    tail.set(metric, [...(tail.get(metric) ?? []), ...all].slice(-longestTail))
  const metrics = before.metrics.metrics.map(metric => {
    const [, at, value] = last.get(metric.key) ?? ['', 0, 0]
    const newer = at > 0 && (metric.latest === null || at >= Date.parse(metric.latest.at))
    return newer ? { ...metric, latest: { at: new Date(at).toISOString(), value } } : metric
  })
  return { ...before, metrics: { ...before.metrics, metrics }, tail }
}

/** What comes is added to the course: it is read anew for what came late, and so that it does not grow. */
const fed = (every: number | null): number | null => every && Math.max(every, 60_000)

/** The end of charts moves on, and once in a while the course is read anew. */
function moved(before: Shown, every: number | null): Shown {
  const now = Date.now()
  if (every === null) return before
  return now - before.readAt >= every ? { ...before, now, readAt: now, tail: new Map() } : { ...before, now }
}
