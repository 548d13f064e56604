import { compile, type Model, type Rulebook, validate } from '@fettle/engine'
import { type Database, notFound } from '#platform/server'
import type { PriceVisibility } from '../core/index.ts'
import { type Presentation, presentationOf } from './presentation.ts'
import { visibilityOfProduct } from './price-visibility.ts'
import type { ProductTables } from './tables.ts'

/** A model version with what its users need to know of the product. */
export interface ModelVersion {
  modelVersionId: string
  productId: string
  productSlug: string
  version: string
  /** replaced by another version, or its product withdrawn */
  withdrawn: boolean
  currentVersionId: string | null
  /** to whom its prices are shown */
  priceVisibility: PriceVisibility
}

/** The model version by id. Fails with 404 where there is none, or its product is a draft. */
export async function findModelVersion(database: Database, modelVersionId: string): Promise<ModelVersion> {
  const row = await database
    .db<ProductTables>()
    .selectFrom('model_version as v')
    .innerJoin('product as p', 'p.id', 'v.product_id')
    .select(['v.id', 'v.version', 'v.withdrawn_at', 'p.id as product_id', 'p.slug', 'p.status', 'p.current_version_id'])
    .select(visibilityOfProduct.as('visibility'))
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
    priceVisibility: row.visibility,
  }
}

/** As findModelVersion, with the rules that check, price and describe a selection. */
export async function loadModel(database: Database, modelVersionId: string): Promise<ModelVersion & { rulebook: Rulebook }> {
  const found = await findModelVersion(database, modelVersionId)
  return { ...found, rulebook: await rulebookOf(database, modelVersionId) }
}

/** The model of a version as it was published. */
export async function modelOf(database: Database, modelVersionId: string): Promise<Model> {
  const { model } = await database
    .db<ProductTables>()
    .selectFrom('model_version')
    .select('model')
    .where('id', '=', modelVersionId)
    .executeTakeFirstOrThrow()
  return model
}

/** Model versions never change, so what was read of them may be kept; the least recently used leaves first. */
const kept = new Map<string, Promise<Rulebook>>()
const keepAtMost = 20

function rulebookOf(database: Database, modelVersionId: string): Promise<Rulebook> {
  const known = kept.get(modelVersionId)
  kept.delete(modelVersionId)
  const rulebook = known ?? modelOf(database, modelVersionId).then(model => readRules(modelVersionId, model))
  kept.set(modelVersionId, rulebook)
  rulebook.catch(() => kept.delete(modelVersionId)) // a database that was away must not be remembered
  const oldest = kept.keys().next().value
  if (kept.size > keepAtMost && oldest !== undefined) kept.delete(oldest)
  return rulebook
}

function readRules(modelVersionId: string, model: Model): Rulebook {
  const { rulebook, errors } = validate(model)
  if (!rulebook) throw new Error(`Stored model version ${modelVersionId} is no longer valid: ${errors[0]?.message.en}`)
  return rulebook
}

/** Makes what is shown of a version that was stored without it, and keeps it. */
export async function makePresentation(database: Database, modelVersionId: string): Promise<Presentation> {
  const result = compile(await modelOf(database, modelVersionId))
  if (!result.ok) throw new Error(`Stored model version ${modelVersionId} no longer compiles: ${result.errors[0]?.message.en}`)
  const presentation = presentationOf(result.compiled)
  await database
    .db<ProductTables>()
    .updateTable('model_version')
    .set({ presentation: JSON.stringify(presentation) })
    .where('id', '=', modelVersionId)
    .execute()
  return presentation
}
