import type { Alternatives, Domains, Interval, RuleRef } from '../src/api.ts'
import { type CheckedRule, check, constraints, counts, structure } from '../src/check.ts'
import type { Decision, Group, NumberGroup, Selection } from '../src/model.ts'
import { type Grid, gridValues, type ModelIndex, optionsOf, quantityGrid } from '../src/model-index.ts'
import type { Rulebook } from '../src/rules.ts'

/**
 * The answers of the engine by enumeration: slow, obviously right, only for small models.
 * It shares with the engine nothing but the direct evaluation in `check`.
 */

/** Every valid selection of a small model. Throws where there would be more than `limit` candidates. */
export function allSelections(rulebook: Rulebook, limit = 20_000): Selection[] {
  return candidates(rulebook.index, limit).filter(selection => check(rulebook, selection).valid)
}

/** Every selection that respects the groups, valid or not. */
export function candidates({ model }: ModelIndex, limit = 20_000): Selection[] {
  let selections: Selection[] = [{ options: {}, numbers: {} }]
  for (const group of parentsFirst(model.groups)) {
    selections = selections.flatMap(selection =>
      counts(group, selection) ? fillings(group).map(filling => merged(selection, filling)) : [selection],
    )
    if (selections.length > limit) throw new Error(`more than ${limit} candidates`)
  }
  return selections
}

/** Whether what the user decided, or wishes, is so in a selection. */
export function decisionHolds(decision: Decision, selection: Selection): boolean {
  if ('number' in decision) return selection.numbers[decision.number] === decision.value
  if ('quantity' in decision) return selection.options[decision.option] === decision.quantity
  return decision.option in selection.options === decision.chosen
}

export function selectionsWith(selections: readonly Selection[], decisions: readonly Decision[]): Selection[] {
  return selections.filter(selection => decisions.every(decision => decisionHolds(decision, selection)))
}

/** Exact domains after the decisions; `all` are all valid selections of the model. */
export function oracleDomains({ index }: Rulebook, all: readonly Selection[], decisions: readonly Decision[]): Domains {
  const left = selectionsWith(all, decisions)
  const domains: Domains = { options: {}, numbers: {} }
  for (const [id, { option }] of index.options) {
    const own = decisions.filter(decision => 'option' in decision && decision.option === id)
    const yes = own.some(decision => !('chosen' in decision) || decision.chosen)
    const decided = own.length > 0
    const chosen = left.filter(({ options }) => id in options)
    const state = chosen.length === 0 ? 'excluded' : yes ? 'chosen' : chosen.length === left.length ? 'forced' : 'free'
    domains.options[id] = { state, decided }
    if (option.quantity)
      domains.options[id].quantities = intervals(
        chosen.map(({ options }) => options[id]!),
        quantityGrid(option),
      )
  }
  for (const [id, grid] of index.grids) {
    const counting = left.filter(({ numbers }) => id in numbers)
    domains.numbers[id] = {
      counts: counting.length === 0 ? 'no' : counting.length === left.length ? 'yes' : 'maybe',
      decided: decisions.some(decision => 'number' in decision && decision.number === id),
      values: intervals(
        counting.map(({ numbers }) => numbers[id]!),
        grid,
      ),
    }
  }
  return domains
}

/**
 * What could be had instead by changing one own decision in place:
 * siblings where a choose-one group has a decided choice, values where a number or a quantity is decided.
 */
export function oracleAlternatives({ index }: Rulebook, all: readonly Selection[], decisions: readonly Decision[]): Alternatives {
  const found: Alternatives = { options: {}, numbers: {}, quantities: {} }
  for (const decision of decisions) {
    if ('number' in decision) {
      const left = selectionsWith(
        all,
        decisions.filter(other => !('number' in other && other.number === decision.number)),
      )
      found.numbers[decision.number] = intervals(
        left.flatMap(({ numbers }) => numbers[decision.number] ?? []),
        index.grids.get(decision.number)!,
      )
      continue
    }
    if ('chosen' in decision && !decision.chosen) continue
    const { option, group } = index.options.get(decision.option)!
    const own = (other: Decision) => 'option' in other && other.option === decision.option
    if ('quantity' in decision) {
      const left = selectionsWith(
        all,
        decisions.filter(other => !own(other)),
      )
      found.quantities[decision.option] = intervals(
        left.flatMap(({ options }) => options[decision.option] ?? []),
        quantityGrid(option),
      )
    }
    if (group.kind !== 'choose-one') continue
    const left = selectionsWith(
      all,
      decisions.filter(other => !own(other)),
    )
    for (const { id } of group.options)
      if (id !== decision.option && left.some(({ options }) => id in options)) found.options[id] = true
  }
  return found
}

/** Every rule of a model by which an explanation may argue. */
export function allRules(rulebook: Rulebook): CheckedRule[] {
  return [...structure(rulebook.index), ...constraints(rulebook)]
}

/**
 * Everything that could be chosen if no rule held: any options in any quantity, any numbers or none.
 * Explanations argue from a few rules only, so they are checked against this, not against the valid selections.
 */
export function universe(index: ModelIndex, limit = 200_000): Selection[] {
  let selections: Selection[] = [{ options: {}, numbers: {} }]
  for (const [id, { option }] of index.options) {
    const values = gridValues(quantityGrid(option))
    selections = selections.flatMap(selection => [
      selection,
      ...values.map(value => merged(selection, { options: { [id]: value }, numbers: {} })),
    ])
    if (selections.length > limit) throw new Error(`more than ${limit} selections`)
  }
  for (const [id, grid] of index.grids) {
    const values = gridValues(grid)
    selections = selections.flatMap(selection => [
      selection,
      ...values.map(value => merged(selection, { options: {}, numbers: { [id]: value } })),
    ])
    if (selections.length > limit) throw new Error(`more than ${limit} selections`)
  }
  return selections
}

/**
 * Whether these decisions and rules alone leave no way for the wish (impossible), or no way without it (forced).
 * `everything` is the universe of the model.
 */
export function oracleFollows(
  rulebook: Rulebook,
  everything: readonly Selection[],
  decisions: readonly Decision[],
  refs: readonly RuleRef[],
  wish: Decision,
  verdict: 'impossible' | 'forced',
): boolean {
  const rules = allRules(rulebook).filter(({ ref }) => refs.some(({ kind, id }) => kind === ref.kind && id === ref.id))
  return !everything.some(
    selection =>
      decisionHolds(wish, selection) === (verdict === 'impossible') &&
      decisions.every(decision => decisionHolds(decision, selection)) &&
      rules.every(rule => rule.holds(selection)),
  )
}

/** The fewest own decisions to give up so that the wish holds; undefined where the model forbids the wish itself. */
export function oracleFewestRemovals(
  all: readonly Selection[],
  decisions: readonly Decision[],
  wish: Decision,
): number | undefined {
  const broken = all
    .filter(selection => decisionHolds(wish, selection))
    .map(selection => decisions.filter(decision => !decisionHolds(decision, selection)).length)
  return broken.length === 0 ? undefined : broken.reduce((least, count) => Math.min(least, count))
}

/** In how many options, quantities and numbers two selections differ. */
export function differences(a: Selection, b: Selection): number {
  const differing = (left: Record<string, number>, right: Record<string, number>) =>
    new Set([...Object.keys(left), ...Object.keys(right)].filter(key => left[key] !== right[key])).size
  return differing(a.options, b.options) + differing(a.numbers, b.numbers)
}

/** Sorted values as maximal runs of neighbours on the grid. */
export function intervals(values: readonly number[], grid: Grid): Interval[] {
  const place = (value: number) => Math.round(value * 10 ** grid.decimals)
  const runs: Interval[] = []
  for (const value of [...new Set(values)].sort((a, b) => a - b)) {
    const last = runs.at(-1)
    if (last && place(value) - place(last.max) === grid.step) last.max = value
    else runs.push({ min: value, max: value })
  }
  return runs
}

function fillings(group: Group): Selection[] {
  if (group.kind === 'number') return numberValues(group).map(value => ({ options: {}, numbers: { [group.id]: value } }))
  let subsets: Selection[] = [{ options: {}, numbers: {} }]
  for (const option of optionsOf(group)) {
    const chosen = gridValues(quantityGrid(option)).map(value => ({ options: { [option.id]: value }, numbers: {} }))
    if (group.kind === 'choose-one') subsets = [...subsets, ...chosen]
    else subsets = subsets.flatMap(subset => [subset, ...chosen.map(one => merged(subset, one))])
  }
  return subsets
}

/** Counted by hand, not by the engine's grid. */
function numberValues({ min, max, step = 1 }: NumberGroup): number[] {
  const count = Math.floor((max - min) / step + 1e-9)
  return Array.from({ length: count + 1 }, (_, i) => Number((min + i * step).toFixed(6)))
}

function merged(a: Selection, b: Selection): Selection {
  return { options: { ...a.options, ...b.options }, numbers: { ...a.numbers, ...b.numbers } }
}

function parentsFirst(groups: readonly Group[]): Group[] {
  const owner = new Map(groups.flatMap(group => optionsOf(group).map(({ id }) => [id, group.id] as const)))
  const placed = new Set<string>()
  const order: Group[] = []
  while (order.length < groups.length) {
    const ready = groups.filter(
      group => !placed.has(group.id) && (group.parent === undefined || placed.has(owner.get(group.parent)!)),
    )
    if (ready.length === 0) throw new Error('the parents form a cycle')
    for (const group of ready) placed.add(group.id)
    order.push(...ready)
  }
  return order
}
