import type { OfferTotals } from './totals.ts'

/**
 * How much below the list somebody of a role may offer, in percent of each line, both discounts taken together. A role that stands
 * nowhere gives none. Whoever needs more hands the offer to somebody who may.
 */
export const discountLimits: Readonly<Record<string, number>> = { admin: 100, sales: 10 }

/** The highest of these roles' limits. */
export const discountLimitOf = (roles: readonly string[]): number => Math.max(0, ...roles.map(role => discountLimits[role] ?? 0))

/** Roles that may give so much, the lowest limit first. */
export const rolesForDiscount = (percent: number): string[] =>
  Object.entries(discountLimits)
    .filter(([, limit]) => limit >= percent)
    .toSorted(([, a], [, b]) => a - b)
    .map(([role]) => role)

/** Minor units by which the two roundings of a line may miss its percentage. */
const roundings = 2

/** Places of the lines that are further below the list than the limit, each with by how much: percent with two decimals. */
export function linesOverLimit({ lines }: OfferTotals, limit: number): { place: number; percent: number }[] {
  return lines.flatMap(({ list, net }, place) => {
    const over = list - net - (list * limit) / 100
    return over > roundings ? [{ place, percent: Math.ceil(((list - net) / list) * 10_000) / 100 }] : []
  })
}
