/** Whom else a company's own rule tells. holders: other companies with a role towards the machine (owner, operator, service partner) */
export const ruleTells = ['holders', 'manufacturer'] as const
export type RuleTells = (typeof ruleTells)[number]

/** Of an alarm by a company's own rule: whose it is, and whom else it tells. */
export interface OwnRule {
  companyId: string
  tells: readonly RuleTells[]
}

/**
 * Whether a side that may see an alarm is told of it. rule: by which it was raised; null: by none of a company's own. side: id of a company,
 * or null for the manufacturer
 */
export function isToldOf(rule: OwnRule | null, side: string | null): boolean {
  if (rule === null) return true
  if (side === null) return rule.tells.includes('manufacturer')
  return side === rule.companyId || rule.tells.includes('holders')
}
