import { type EntitlementTimes, isInForce, statusOf } from './entitlement.ts'
import type { Right } from './right.ts'

/** An entitlement of one machine. */
export interface Held extends EntitlementTimes {
  companyId: string
  rights: readonly Right[]
}

/** A company that looks at a machine. holds: it is its owner, operator or service partner now */
export interface Looker {
  companyId: string
  holds: boolean
}

/** What is sold for a machine, and what was bought. */
export interface Sold {
  /** what packages that are offered for its type open */
  offered: readonly Right[]
  held: readonly Held[]
  /** null: nobody owns it */
  ownerId: string | null
}

/**
 * The one rule of what is open at a machine to a company.
 * - What no package opens that is offered for its type is open to everybody who sees the machine.
 * - What one opens is open while an entitlement of its present owner is in force, to the owner and to whoever he let in.
 * - An entitlement of a former owner opens nothing, from the instant of the sale.
 */
export function isOpen(right: Right, { offered, held, ownerId }: Sold, { companyId, holds }: Looker, now: Date): boolean {
  if (!offered.includes(right)) return true
  if (ownerId === null || !(holds || companyId === ownerId)) return false
  return held.some(one => one.companyId === ownerId && one.rights.includes(right) && isInForce(statusOf(one, now)))
}
