import type { Model, ModelError } from '@fettle/engine'
import { pagesChanged } from '#features/discovery/server'
import type { Platform } from '#platform/server'
import type { Presentation } from './presentation.ts'
import { type Authorship, noteEntry } from './product-entries.ts'
import { pathsShowing } from './public-pages.ts'
import type { ProductTables } from './tables.ts'

/** A model that was read and proved. */
export interface ProvedModel {
  /** id of the model */
  id: string
  version: string
  /** the model as JSON text */
  json: string
  presentation: Presentation
  notes: ModelError[]
  sourceFormat: string
}

export interface Placing {
  /** also shows the product to visitors */
  publish: boolean
  /** page content beside the model, for products that ship with one */
  page?: unknown
  position?: number
}

/** An earlier version published once more. */
interface Again {
  again?: string
}

export interface WrittenVersion {
  versionId: string
  /** as the model says, or with a counting suffix */
  version: string
}

type LockedProduct = Awaited<ReturnType<typeof lockProduct>>

/**
 * Makes a model the current version of a locked product and withdraws the one before; in the ambient transaction. What was saved
 * with the former version stays open by its links.
 */
export async function writeVersion(
  platform: Platform,
  product: NonNullable<LockedProduct>,
  input: ProvedModel & Placing & Authorship & Again,
): Promise<WrittenVersion> {
  const db = platform.database.db<ProductTables>()
  const now = platform.now()
  const versionId = platform.newId()
  const version = await freeVersion(platform, product.id, input.version)
  await db
    .insertInto('model_version')
    .values({
      id: versionId,
      product_id: product.id,
      version,
      model: version === input.version ? input.json : JSON.stringify({ ...(JSON.parse(input.json) as Model), version }),
      source_format: input.sourceFormat,
      notes: JSON.stringify(input.notes),
      presentation: JSON.stringify(input.presentation),
      created_at: now,
      withdrawn_at: null,
    })
    .execute()
  if (product.current_version_id)
    await db.updateTable('model_version').set({ withdrawn_at: now }).where('id', '=', product.current_version_id).execute()
  await db
    .updateTable('product')
    .set({
      current_version_id: versionId,
      ...(input.publish ? { status: 'published' as const } : {}),
      ...(input.page === undefined ? {} : { page: JSON.stringify(input.page) }),
      ...(input.position === undefined ? {} : { position: input.position }),
      revision: product.revision + 1,
      updated_at: now,
    })
    .where('id', '=', product.id)
    .execute()
  await noteEntry(platform, {
    productId: product.id,
    kind: 'published',
    modelVersionId: versionId,
    author: input.author,
    reason: input.reason,
    data: { version, ...(input.again === undefined ? {} : { again: input.again }) },
  })
  await platform.record('model.published', { productId: product.id, modelVersionId: versionId })
  await platform.live.publish('pages', product.slug)
  if (input.publish || product.status === 'published') await pagesChanged(platform, pathsShowing(product.slug))
  await platform.live.publish('products', product.id)
  return { versionId, version }
}

/** The product, locked until the ambient transaction ends. */
export const lockProduct = (platform: Platform, productId: string) =>
  platform.database
    .db<ProductTables>()
    .selectFrom('product')
    .selectAll()
    .where('id', '=', productId)
    .forUpdate()
    .executeTakeFirst()

/** The version as the model says, or with a counting suffix where the product has one of that name already. */
async function freeVersion(platform: Platform, productId: string, wished: string): Promise<string> {
  const taken = await platform.database
    .db<ProductTables>()
    .selectFrom('model_version')
    .select('version')
    .where('product_id', '=', productId)
    .execute()
  const names = new Set(taken.map(row => row.version))
  if (!names.has(wished)) return wished
  let count = 2
  while (names.has(`${wished}-${count}`)) count++
  return `${wished}-${count}`
}
