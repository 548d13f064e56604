import { type Compiled, type Decision, type Migration, type Model, migrate, optionsOf, type Selection } from '@fettle/engine'
import type { LocalizedText } from '#platform/core'
import { type Change, changesBetween } from './changes.ts'

/** What was configured with another version of the product. */
export interface Former {
  selection: Selection
  /** what it had that the product no longer has, as it was called */
  gone: LocalizedText[]
}

/** The nearest to it that this version has. */
export interface Nearest {
  /** in what it differs, of what visitors can see */
  changes: Change[]
  gone: LocalizedText[]
  /** the decisions that make it so; null where those carried over already do */
  decisions: Decision[] | null
}

/** Steps that looking for the nearest may take: whoever opens a link waits for it. */
const budget = { steps: 20_000 }

/** Brings decisions that were made with another version into this one. */
export const carryOver = (compiled: Compiled, decisions: readonly Decision[], { selection }: Former): Migration =>
  migrate(compiled, { decisions, selection }, budget)

/** Null where none was found in time. */
export function nearestTo(compiled: Compiled, { selection, gone }: Former, migration: Migration): Nearest | null {
  if (!migration.selection) return null
  return {
    changes: changesBetween(compiled, selection, migration.selection),
    gone,
    decisions: migration.decisions.length > migration.kept.length ? migration.decisions : null,
  }
}

/** What a selection of one model has, of what visitors can see, that another model has no id for. */
export function goneFrom(model: Model, selection: Selection, now: Model): LocalizedText[] {
  const known = new Set(now.groups.flatMap(group => [group.id, ...optionsOf(group).map(({ id }) => id)]))
  return model.groups.flatMap(group => {
    if (group.kind === 'number') return group.id in selection.numbers && !known.has(group.id) ? [group.name] : []
    return optionsOf(group)
      .filter(({ id, visibility = 'public' }) => id in selection.options && visibility === 'public' && !known.has(id))
      .map(({ name }) => name)
  })
}
