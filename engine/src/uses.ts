import type { Delta } from './solver/checker.ts'

/** Which deltas contain a literal or move an integer, by the literal that each makes hold. It only grows: a delta that was replaced stays listed. */
export interface Uses {
  byLiteral: Map<number, number[]>
  byInteger: Map<number, number[]>
}

export const createUses = (): Uses => ({ byLiteral: new Map(), byInteger: new Map() })

export function countUse({ byLiteral, byInteger }: Uses, of: number, { literals, integers }: Delta): void {
  for (const literal of literals) list(byLiteral, literal).push(of)
  for (const integer of integers) list(byInteger, integer).push(of)
}

export const usersOf = ({ byLiteral }: Uses, literal: number): readonly number[] | undefined => byLiteral.get(literal)

function list(lists: Map<number, number[]>, key: number): number[] {
  const known = lists.get(key)
  if (known) return known
  const made: number[] = []
  lists.set(key, made)
  return made
}
