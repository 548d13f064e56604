import { type Compiled, type Decision, type Group, optionsOf, type Selection } from '@fettle/engine'

/** Something that followed: an option that came, went or took another's place, a number that moved. */
export type Change =
  | { kind: 'added' | 'removed'; option: string }
  /** in a choose-one group one option took the place of another */
  | { kind: 'replaced'; group: string; from: string; to: string }
  | { kind: 'quantity'; option: string; from: number; to: number }
  /** null: the number does not count there */
  | { kind: 'number'; number: string; from: number | null; to: number | null }

/**
 * What differs between two selections, in model order: everything a visitor can see, leaving out what he asked for and, in a
 * choose-one group he asked of, what gave way to it.
 */
export function changesBetween(
  { model }: Compiled,
  before: Selection,
  after: Selection,
  asked: readonly Decision[] = [],
): Change[] {
  const askedFor = new Set(asked.map(wish => ('option' in wish ? wish.option : wish.number)))
  return model.groups.flatMap(group => changesIn(group, before, after, askedFor))
}

function changesIn(group: Group, before: Selection, after: Selection, askedFor: ReadonlySet<string>): Change[] {
  if (group.kind === 'number') {
    const [from, to] = [before.numbers[group.id] ?? null, after.numbers[group.id] ?? null]
    return from === to || askedFor.has(group.id) ? [] : [{ kind: 'number', number: group.id, from, to }]
  }
  const options = optionsOf(group).filter(option => (option.visibility ?? 'public') === 'public')
  const answered = group.kind === 'choose-one' && options.some(({ id }) => askedFor.has(id) && after.options[id] !== undefined)
  const found = options.flatMap(({ id }): Change[] => {
    const [from, to] = [before.options[id], after.options[id]]
    if (from === to || askedFor.has(id)) return []
    if (from === undefined) return [{ kind: 'added', option: id }]
    if (to === undefined) return answered ? [] : [{ kind: 'removed', option: id }]
    return [{ kind: 'quantity', option: id, from, to }]
  })
  return group.kind === 'choose-one' ? asReplacement(group, found) : found
}

function asReplacement(group: Group, changes: Change[]): Change[] {
  let from: string | undefined
  let to: string | undefined
  for (const change of changes) {
    if (change.kind === 'removed') from = change.option
    if (change.kind === 'added') to = change.option
  }
  return from && to ? [{ kind: 'replaced', group: group.id, from, to }] : changes
}
