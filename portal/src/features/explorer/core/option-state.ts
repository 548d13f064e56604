import type { Decision } from '@fettle/engine'
import type { Standing } from './exploring.ts'

/** chosen, refused: decided by the visitor. forced, excluded: it follows. */
export type OptionState = 'chosen' | 'refused' | 'forced' | 'excluded' | 'free'

/** How an option stands. order: its place among all of the model; own: what the visitor decided about it */
export function optionState({ options }: Standing, order: number, own: Decision | undefined): OptionState {
  if (own) return 'chosen' in own && !own.chosen ? 'refused' : 'chosen'
  const stands = options[order]
  return stands === 1 ? 'forced' : stands === -1 ? 'excluded' : 'free'
}

/** What was decided, by the option or number it is about. */
export const ownDecisions = ({ decisions }: Standing): ReadonlyMap<string, Decision> =>
  new Map(decisions.map(decision => ['option' in decision ? decision.option : decision.number, decision]))
