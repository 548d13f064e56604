import type { BoundedQueue } from './bounded-queue.ts'
import type { Metrics } from './metrics.ts'
import { pdfQueue } from './pdf.ts'
import { pictureQueue } from './picture.ts'
import { fileQueue } from './receive-file.ts'

/** Gauges of what this process is working on: requests, documents, pictures, files. */
export function measureLoad(metrics: Metrics, load: () => { requests: number; lateMs: number }): void {
  const requests = metrics.gauge(
    'fettle_http_requests_in_progress',
    'Requests this process is working on; kept pages and files are none',
  )
  const late = metrics.gauge(
    'fettle_event_loop_late_seconds',
    'By how much the event loop is late, a decaying maximum: what admission goes by',
  )
  metrics.whenRead(() => {
    const { requests: now, lateMs } = load()
    requests.set(now)
    late.set(lateMs / 1000)
  })
  measureQueues(metrics, { documents: pdfQueue, pictures: pictureQueue, files: fileQueue })
}

/** Gauges of queues, by name. */
export function measureQueues(metrics: Metrics, queues: Readonly<Record<string, BoundedQueue>>): void {
  const gauge = metrics.gauge('fettle_queue', 'Costly work in this process that waits for its turn: at work, waiting', [
    'queue',
    'state',
  ])
  metrics.whenRead(() => {
    for (const [queue, one] of Object.entries(queues))
      for (const [state, value] of Object.entries(one.state())) gauge.set({ queue, state }, value)
  })
}
