import { keyedHash } from './cipher.ts'
import type { Failure } from './errors.ts'
import type { Platform } from './platform.ts'
import { networkOf } from './rate-limits.ts'

interface Answered {
  requestId: string
  method: string
  /** path template; ids and tokens never appear there */
  route: string
  status: number
  ms: number
  /** a page's own call of the API while it is rendered: part of the page's request */
  within?: boolean
  /** what it failed by, as far as that was expected */
  failure?: Failure | undefined
  /** id of who asked, where he was looked up */
  account?: string | undefined
  /** remote address */
  address?: string
}

/**
 * One answered request in metrics and log; files that were there only in metrics. A request refused for who asked, what he may, or how
 * often is a warning (docs/security/README.md says what to watch).
 */
export function noteRequest(platform: Platform, { failure, account, address, within, ...answered }: Answered): void {
  const { metrics, log } = platform
  const { requestId, method, route, status, ms } = answered
  if (!within) metrics.request({ method, route, status, seconds: ms / 1000 })
  if (route === 'asset' && status < 400) return
  const line = {
    ...{ requestId, method, route, status, ms: Math.round(ms) },
    ...(failure ? { problem: failure.type } : {}),
    ...(account ? { account } : {}),
  }
  if (!failure || failure.expected || ![401, 403, 429].includes(failure.status)) {
    log.info(line, 'request')
    return
  }
  if (!within) metrics.refusal(failure.type)
  log.warn({ ...line, from: placeOf(platform, address ?? 'local') }, 'request')
}

/** Where refused requests come from, without saying where: the same network has the same sign, until SESSION_SECRET changes. */
const placeOf = ({ config }: Platform, address: string): string =>
  keyedHash(config.sessionSecret, `refused from\n${networkOf(address)}`)
    .toString('base64url')
    .slice(0, 12)
