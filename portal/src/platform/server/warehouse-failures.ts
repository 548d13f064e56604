import { ClickHouseError } from '@clickhouse/client'
import { platformFailure } from './http-failures.ts'
import { StartFailure } from './start-failure.ts'

/** What keeps the warehouse from answering, in the words of the portal's failures. */
type Trouble = 'unavailable' | 'overloaded' | 'timed-out'

/** null: it is none of these, but an error of its own */
export function readFailure(error: unknown): Trouble | null {
  if (error instanceof StartFailure) return 'unavailable'
  if (error instanceof ClickHouseError) return troubles[error.code] ?? null
  if (!(error instanceof Error)) return null
  if (/aborted|timeout/i.test(error.message)) return 'timed-out'
  return awayCodes.has((error as NodeJS.ErrnoException).code ?? '') || /socket hang up/.test(error.message) ? 'unavailable' : null
}

/** A table or the database. */
export const isMissing = (error: unknown) => error instanceof ClickHouseError && ['60', '81'].includes(error.code)

/** Nothing of it can have been carried out. */
export const neverReached = (error: unknown) => (error as NodeJS.ErrnoException).code === 'ECONNREFUSED'

/** Codes of ClickHouse: https://github.com/ClickHouse/ClickHouse/blob/master/src/Common/ErrorCodes.cpp */
const troubles: Record<string, Trouble> = {
  159: 'timed-out',
  160: 'timed-out',
  202: 'overloaded',
  209: 'unavailable', // a server of the cluster does not answer in time
  210: 'unavailable',
  236: 'unavailable', // the embedded engine is started again
  241: 'overloaded', // no memory left
  242: 'unavailable', // a replica that takes no inserts just now
  243: 'unavailable', // no space left
  252: 'overloaded', // more parts than can be merged
  279: 'unavailable',
  285: 'unavailable',
  394: 'unavailable', // it was ended by somebody
  999: 'unavailable', // the keeper is away
}

const awayCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
])

export const failureOf = (trouble: Trouble) =>
  trouble === 'unavailable'
    ? platformFailure('unavailable', {
        'zh-CN': '数据仓库暂时无法使用，请稍后重试。',
        en: 'The warehouse cannot be used at the moment. Try again shortly.',
      })
    : trouble === 'overloaded'
      ? platformFailure('overloaded', undefined, { extensions: { retryAfter: 5 } })
      : platformFailure('timed-out')

/** In one line, without what an address may hold of a secret. */
export function reasonOf(error: unknown): string {
  const { message, code } = error as NodeJS.ErrnoException
  const words = error instanceof ClickHouseError ? `Code ${code}: ${message}` : message || code || String(error)
  return words
    .replace(/\/\/[^@/\s]*@/g, '//')
    .split('\n')[0]!
    .slice(0, 300)
}
