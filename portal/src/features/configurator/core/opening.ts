import type { Compiled, Decision } from '@fettle/engine'
import type { PricesTold } from '#features/products/core'
import type { LocalizedText } from '#platform/core'
import { begin, type Configuring } from './configuring.ts'
import { carryOver, type Former, type Nearest, nearestTo } from './former.ts'
import type { OutlineData } from './outline.ts'
import { type Reason, reasonOf } from './reason.ts'
import type { View } from './view.ts'

/** A decision of a link or draft that no longer holds. */
export interface Misfit {
  decision: Decision
  /** set where it contradicts the decisions before it */
  reason: Reason | null
  /** set where the model does not have it */
  error: LocalizedText | null
}

/** Starts from decisions of a link or none, and tells those that no longer hold, and how near one comes to what was configured with another version. */
export function open(
  compiled: Compiled,
  wished: readonly Decision[],
  former: Former | null = null,
): { configuring: Configuring; misfits: Misfit[]; nearest: Nearest | null } {
  const migration = former && carryOver(compiled, wished, former)
  const { configuring, unfit } = begin(compiled, migration?.kept ?? wished)
  const nearest = migration && nearestTo(compiled, former, migration)
  // what is gone is told by the name it had, and need not be told by its id
  const told = (migration?.dropped ?? unfit).filter(({ error }) => !nearest || error?.code !== 'unknown-reference')
  const misfits = told.map(({ decision, explanation, error }) => ({
    decision,
    reason: explanation && reasonOf(compiled, explanation),
    error: error?.message ?? null,
  }))
  return { configuring, misfits, nearest }
}

/** What the configurator's page starts from. */
export interface Opening {
  slug: string
  name: LocalizedText
  modelVersionId: string
  modelVersion: string
  /** what the visitor is told of prices; unless `shown`, neither this nor the model holds one */
  prices: PricesTold
  /** where the engine's thread gets the model: an address on this server */
  modelPath: string
  /** where it gets what counts the configurations; null: nobody counts those of a draft */
  counterPath: string | null
  /** decisions of the link */
  wished: Decision[]
  /** the link cannot be read, or its configuration is gone */
  unreadable: boolean
  /** version the linked configuration was saved with */
  linkVersion: string | null
  /** what was configured, where that was another version */
  former: Former | null
  outline: OutlineData
  view: View
  misfits: Misfit[]
  nearest: Nearest | null
}
