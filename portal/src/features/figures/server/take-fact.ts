import type { RequestContext } from '#platform/server'
import { isCrawler, type PageFact, roundedSeconds, sourceOf } from '../core/index.ts'
import { type Counted, count } from './tally.ts'

/** Counts what a page tells, unless a program, the house's own people or somebody who asked not to be counted looked at it. */
export function takeFact(context: RequestContext, told: PageFact): void {
  if (!mayCount(context)) return
  const counted = countedOf(told)
  if (counted) count(context.platform, counted)
}

/** Whether what this visitor does is counted at all. */
export const mayCount = ({ account, headers }: Pick<RequestContext, 'account' | 'headers'>): boolean =>
  account?.kind !== 'staff' && !isCrawler(headers.get('user-agent')) && !optedOut(headers)

function countedOf(told: PageFact): Counted | null {
  if (told.fact === 'visits') return { fact: told.fact, product: null, source: sourceOf(told.source) }
  if (told.fact !== 'stay') return { fact: told.fact, product: told.product, source: sourceOf(told.source) }
  const seconds = roundedSeconds(told.seconds)
  return seconds === 0 ? null : { fact: told.fact, product: told.product, seconds }
}

/** Global Privacy Control, and the older Do Not Track. */
const optedOut = (headers: RequestContext['headers']): boolean =>
  headers.get('sec-gpc')?.trim() === '1' || headers.get('dnt')?.trim() === '1'
