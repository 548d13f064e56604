import { type Database, decodeCursor, encodeCursor, notFound } from '#platform/server'
import type { ManagedProduct, ProductSummary } from '../core/index.ts'
import { compiledVersion } from './compiled-models.ts'
import { present } from './present-product.ts'
import type { ProductTables } from './tables.ts'

/** Published products in catalogue order. */
export async function listProducts(database: Database): Promise<ProductSummary[]> {
  const rows = await database
    .db<ProductTables>()
    .selectFrom('product')
    .select(['slug', 'current_version_id'])
    .where('status', '=', 'published')
    .where('current_version_id', 'is not', null)
    .orderBy('position')
    .orderBy('id')
    .limit(200)
    .execute()
  return Promise.all(rows.map(row => summary(database, row.slug, row.current_version_id!)))
}

/** A published product by its slug; 404 for a draft or withdrawn one. */
export async function getProduct(database: Database, slug: string) {
  const row = await database
    .db<ProductTables>()
    .selectFrom('product as p')
    .innerJoin('model_version as v', 'v.id', 'p.current_version_id')
    .select(['p.slug', 'p.page', 'v.id', 'v.version'])
    .where('p.slug', '=', slug)
    .where('p.status', '=', 'published')
    .executeTakeFirst()
  if (!row) throw notFound({ 'zh-CN': '产品', en: 'product' })
  const compiled = await compiledVersion(database, row.id)
  return {
    ...(await summary(database, row.slug, row.id)),
    modelVersion: row.version,
    page: row.page,
    spec: present(compiled).spec,
  }
}

async function summary(database: Database, slug: string, modelVersionId: string): Promise<ProductSummary> {
  const compiled = await compiledVersion(database, modelVersionId)
  const { model } = compiled
  const shown = present(compiled)
  return {
    slug,
    name: model.name,
    description: model.description ?? null,
    untranslated: model.untranslated ?? false,
    modelId: model.id,
    modelVersionId,
    startingPrice: shown.startingPrice,
    headline: shown.spec.filter(line => line.headline),
    selection: shown.selection,
  }
}

interface ListQuery {
  cursor?: string | undefined
  limit: number
}

/** All products for staff, in catalogue order. */
export async function listManagedProducts(database: Database, { cursor, limit }: ListQuery) {
  const after = cursor ? decodeCursor<{ position: number; id: string }>(cursor, { position: 'number', id: 'uuid' }) : null
  let query = managed(database)
    .orderBy('p.position')
    .orderBy('p.id')
    .limit(limit + 1)
  if (after) query = query.where(eb => eb(eb.refTuple('p.position', 'p.id'), '>', eb.tuple(after.position, after.id)))
  const rows = await query.execute()
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  return {
    items: page.map(manage),
    nextCursor: rows.length > limit && last ? encodeCursor({ position: last.position, id: last.id }) : null,
  }
}

export async function getManagedProduct(database: Database, productId: string): Promise<ManagedProduct> {
  const row = await managed(database).where('p.id', '=', productId).executeTakeFirst()
  if (!row) throw notFound({ 'zh-CN': '产品', en: 'product' })
  return manage(row)
}

const managed = (database: Database) =>
  database
    .db<ProductTables>()
    .selectFrom('product as p')
    .innerJoin('model_version as v', 'v.id', 'p.current_version_id')
    .select(['p.id', 'p.slug', 'p.status', 'p.position', 'p.updated_at', 'p.revision'])
    .select(['v.id as version_id', 'v.version', 'v.model', 'v.notes', 'v.source_format'])

type ManagedRow = Awaited<ReturnType<ReturnType<typeof managed>['execute']>>[number]

const manage = (row: ManagedRow): ManagedProduct => ({
  id: row.id,
  slug: row.slug,
  name: row.model.name,
  status: row.status,
  untranslated: row.model.untranslated ?? false,
  version: row.version,
  modelVersionId: row.version_id,
  sourceFormat: row.source_format,
  options: row.model.groups.reduce(
    (sum, group) => sum + ('options' in group ? group.options.length : group.kind === 'yes-no' ? 1 : 0),
    0,
  ),
  constraints: row.model.constraints.length,
  notes: row.notes,
  updatedAt: row.updated_at.toISOString(),
  revision: row.revision,
})

/** Whether there is any product, a draft included. */
export async function hasProducts(database: Database): Promise<boolean> {
  return (await database.db<ProductTables>().selectFrom('product').select('id').limit(1).executeTakeFirst()) !== undefined
}
