import type { OfferContent } from './content.ts'
import { linesOverLimit } from './discount-limits.ts'
import { offerTotals } from './totals.ts'

/** Why an offer cannot be sent as it is. place: of the line, from 0 */
export type Hindrance =
  | { kind: 'no-lines' }
  | { kind: 'no-name' | 'no-price'; place: number }
  | { kind: 'over-limit'; place: number; percent: number; limit: number }
  | { kind: 'payment'; sum: number }
  | { kind: 'expired' }

/**
 * What stands in the way of sending, in the order of the page; none: it can be sent.
 * limit: the discount that whoever sends may give, percent. today: in the manufacturer's time zone, YYYY-MM-DD
 */
export function hindrances(content: OfferContent, { limit, today }: { limit: number; today: string }): Hindrance[] {
  const { lines, terms, validUntil } = content
  const paid = terms.payment.reduce((sum, { percent }) => sum + Math.round(percent * 100), 0)
  return [
    ...(lines.length === 0 ? [{ kind: 'no-lines' } as const] : []),
    ...lines.flatMap((line, place): Hindrance[] => [
      ...(line.name === '' ? [{ kind: 'no-name', place } as const] : []),
      ...(line.unitPrice === null ? [{ kind: 'no-price', place } as const] : []),
    ]),
    ...linesOverLimit(offerTotals(lines, content), limit)
      .filter(({ place }) => lines[place]!.unitPrice !== null)
      .map(over => ({ kind: 'over-limit', limit, ...over }) as const),
    ...(terms.payment.length > 0 && paid !== 10_000 ? [{ kind: 'payment', sum: paid / 100 } as const] : []),
    ...(validUntil < today ? [{ kind: 'expired' } as const] : []),
  ]
}
