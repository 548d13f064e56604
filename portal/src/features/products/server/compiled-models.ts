import { type Compiled, compile, type Model } from '@fettle/engine'
import { type Database, notFound } from '#platform/server'
import type { ProductTables } from './tables.ts'

/** A model version ready for the engine, with what its users need to know of the product. */
export interface PublishedModel {
  modelVersionId: string
  productId: string
  productSlug: string
  version: string
  withdrawn: boolean
  currentVersionId: string | null
  compiled: Compiled
}

/** Model versions never change, so their compiled form may be kept; the least recently used leaves first. */
const kept = new Map<string, Compiled>()
const keepAtMost = 20

/** The model version by id, compiled. Fails with 404 where there is none, or its product is a draft. */
export async function loadModel(database: Database, modelVersionId: string): Promise<PublishedModel> {
  const row = await database
    .db<ProductTables>()
    .selectFrom('model_version as v')
    .innerJoin('product as p', 'p.id', 'v.product_id')
    .select(['v.id', 'v.version', 'v.withdrawn_at', 'p.id as product_id', 'p.slug', 'p.status', 'p.current_version_id'])
    .where('v.id', '=', modelVersionId)
    .where('p.status', '<>', 'draft')
    .executeTakeFirst()
  if (!row) throw notFound({ 'zh-CN': '产品模型', en: 'product model' })
  return {
    modelVersionId: row.id,
    productId: row.product_id,
    productSlug: row.slug,
    version: row.version,
    withdrawn: row.withdrawn_at !== null || row.status === 'withdrawn',
    currentVersionId: row.status === 'published' ? row.current_version_id : null,
    compiled: await compiledVersion(database, row.id),
  }
}

export async function compiledVersion(database: Database, modelVersionId: string): Promise<Compiled> {
  const known = kept.get(modelVersionId)
  if (known) {
    kept.delete(modelVersionId)
    kept.set(modelVersionId, known)
    return known
  }
  const { model } = await database
    .db<ProductTables>()
    .selectFrom('model_version')
    .select('model')
    .where('id', '=', modelVersionId)
    .executeTakeFirstOrThrow()
  return keep(modelVersionId, model)
}

function keep(modelVersionId: string, model: Model): Compiled {
  const result = compile(model)
  if (!result.ok) throw new Error(`Stored model version ${modelVersionId} no longer compiles: ${result.errors[0]?.message.en}`)
  kept.set(modelVersionId, result.compiled)
  const oldest = kept.keys().next().value
  if (kept.size > keepAtMost && oldest !== undefined) kept.delete(oldest)
  return result.compiled
}
