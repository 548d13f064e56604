import { type Decision, type Interval, type Price, type Selection, type SpecLine, spec } from '@fettle/engine'
import type { Change } from './changes.ts'
import { type Configuring, canRedo, canUndo } from './configuring.ts'
import { lastDifference, outlook, type Standing, standing } from './outlook.ts'

/** What a page shows of a configuration at one moment. Plain data: it may be rendered elsewhere than it was computed. */
export interface View {
  /** in the order they were made */
  decisions: Decision[]
  /** the decisions completed by the model's defaults: what is drawn, priced and saved */
  selection: Selection
  price: Price
  /** net price minus that before the last step; null where there was no step or either is on request */
  difference: number | null
  /** what the last step changed beyond what was asked */
  changed: Change[]
  canUndo: boolean
  canRedo: boolean
  /** how options stand; an option that is not listed is open */
  standings: Record<string, Exclude<Standing, 'open'>>
  /** values numbers may have, and pieces of options that come in pieces, their own decision aside */
  possible: { numbers: Record<string, Interval[]>; pieces: Record<string, Interval[]> }
  /** headline figures */
  facts: SpecLine[]
  /** false: shown before anything was computed; prices and standings of what was not decided may be missing */
  whole: boolean
}

export function viewOf(now: Configuring): View {
  const { compiled, state, selection, price, changed } = now
  const { domains, alternatives } = outlook(now)
  const standings: View['standings'] = {}
  for (const option of Object.keys(domains.options)) {
    const stands = standing(now, option)
    if (stands !== 'open') standings[option] = stands
  }
  const numbers: Record<string, Interval[]> = {}
  for (const [id, { values }] of Object.entries(domains.numbers)) numbers[id] = alternatives.numbers[id] ?? values
  const pieces: Record<string, Interval[]> = {}
  for (const [id, { quantities }] of Object.entries(domains.options)) {
    const possible = alternatives.quantities[id] ?? quantities
    if (possible) pieces[id] = possible
  }
  return {
    decisions: [...state.decisions],
    selection,
    price,
    difference: lastDifference(now),
    changed,
    canUndo: canUndo(now),
    canRedo: canRedo(now),
    standings,
    possible: { numbers, pieces },
    facts: spec(compiled, selection).filter(line => line.headline),
    whole: true,
  }
}

export const standingIn = ({ standings }: Pick<View, 'standings'>, option: string): Standing =>
  Object.hasOwn(standings, option) ? standings[option]! : 'open'

/** What the visitor himself decided about an option or number. */
export const decisionIn = ({ decisions }: Pick<View, 'decisions'>, id: string): Decision | undefined =>
  decisions.find(decision => ('option' in decision ? decision.option : decision.number) === id)
