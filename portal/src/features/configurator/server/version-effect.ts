import { setImmediate as others } from 'node:timers/promises'
import { check, price, type Selection, validate } from '@fettle/engine'
import { anyVersion } from '#features/products/server'
import type { Database } from '#platform/server'
import type { VersionEffect } from '../core/index.ts'
import type { ConfiguratorTables } from './tables.ts'

/** So many configurations are looked at, the last ones saved. */
const most = 200
/** Visitors are served here too: after so long the rest is left out. ms */
const patience = 1000

interface Asked {
  productId: string
  /** any version of the product, or its draft */
  modelVersionId: string
}

/** What a model version would do to the configurations that were saved last: which are still valid, and what they would cost. */
export async function versionEffect(database: Database, { productId, modelVersionId }: Asked): Promise<VersionEffect> {
  const { model } = await anyVersion(database, productId, modelVersionId)
  const { rulebook } = validate(model)
  if (!rulebook) throw new Error(`Stored model ${modelVersionId} is no longer valid`)
  const saved = await lastSaved(database, productId)
  const effect: VersionEffect = { looked: 0, valid: 0, dearer: 0, cheaper: 0, rise: 0, fall: 0, currency: model.currency }
  const until = performance.now() + patience
  for (const { selection, net, currency } of saved) {
    if (performance.now() > until) break
    await others()
    effect.looked++
    if (!check(rulebook, selection).valid) continue
    effect.valid++
    const now = price(rulebook, selection)
    if (net === null || now.status !== 'priced' || currency !== now.currency) continue
    const difference = now.net - net
    if (difference > 0) effect.dearer++
    if (difference < 0) effect.cheaper++
    effect.rise = Math.max(effect.rise, difference)
    effect.fall = Math.max(effect.fall, -difference)
  }
  return effect
}

const lastSaved = (
  database: Database,
  productId: string,
): Promise<{ selection: Selection; net: number | null; currency: string }[]> =>
  database
    .db<ConfiguratorTables>()
    .selectFrom('configuration')
    .select(['selection', 'net', 'currency'])
    .where('product_id', '=', productId)
    .orderBy('id', 'desc') // ids are time-ordered
    .limit(most)
    .execute()
