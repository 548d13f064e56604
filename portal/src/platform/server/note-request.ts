import type { Platform } from './platform.ts'

interface Answered {
  requestId: string
  method: string
  /** path template; ids and tokens never appear there */
  route: string
  status: number
  ms: number
  /** a page's own call of the API while it is rendered: part of the page's request */
  within?: boolean
}

/** One answered request in metrics and log; files that were there only in metrics. */
export function noteRequest({ metrics, log }: Platform, { requestId, method, route, status, ms, within }: Answered): void {
  if (!within) metrics.request({ method, route, status, seconds: ms / 1000 })
  if (route === 'asset' && status < 400) return
  log.info({ requestId, method, route, status, ms: Math.round(ms) }, 'request')
}
