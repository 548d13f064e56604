import type { Selection } from '@fettle/engine'
import type { LocalizedText } from '#platform/core'
import { type Database, decodeCursor, encodeCursor, notFound } from '#platform/server'
import { type ManagedProduct, type PriceReader, type PriceVisibility, type ProductSummary, pricesToldTo } from '../core/index.ts'
import { makePresentation } from './model-versions.ts'
import type { Presentation } from './presentation.ts'
import { visibilityOfProduct } from './price-visibility.ts'
import { productWithdrawn } from './problems.ts'
import type { ProductTables } from './tables.ts'

/** Published products in catalogue order, with the prices that the reader may see. */
export async function listProducts(database: Database, reader: PriceReader): Promise<ProductSummary[]> {
  const rows = await published(database).orderBy('p.position').orderBy('p.id').limit(200).execute()
  return Promise.all(rows.map(async row => summary(row, await shownOf(database, row), reader)))
}

/** A published product by its slug; 410 for a withdrawn one, 404 for a draft. */
export async function getProduct(database: Database, slug: string, reader: PriceReader) {
  const row = await published(database).select(['p.page', 'v.version']).where('p.slug', '=', slug).executeTakeFirst()
  if (!row) throw (await isWithdrawn(database, slug)) ? productWithdrawn() : notFound({ 'zh-CN': '产品', en: 'product' })
  const shown = await shownOf(database, row)
  return { ...summary(row, shown, reader), modelVersion: row.version, page: row.page, spec: shown.spec }
}

/** Once offered and no longer: who follows an old link deserves to know. */
async function isWithdrawn(database: Database, slug: string): Promise<boolean> {
  const query = database
    .db<ProductTables>()
    .selectFrom('product')
    .select('id')
    .where('slug', '=', slug)
    .where('status', '=', 'withdrawn')
  return (await query.executeTakeFirst()) !== undefined
}

const published = (database: Database) =>
  database
    .db<ProductTables>()
    .selectFrom('product as p')
    .innerJoin('model_version as v', 'v.id', 'p.current_version_id')
    .select(['p.slug', 'v.id as version_id', 'v.presentation', visibilityOfProduct.as('visibility')])
    .where('p.status', '=', 'published')

async function shownOf(database: Database, row: { version_id: string; presentation: Presentation | null }) {
  return row.presentation ?? (await makePresentation(database, row.version_id))
}

type Published = { slug: string; version_id: string; visibility: PriceVisibility }

function summary(row: Published, shown: Presentation, reader: PriceReader): ProductSummary {
  const { name, description, untranslated, modelId, startingPrice, spec, selection } = shown
  const prices = pricesToldTo(reader, row.visibility)
  return {
    slug: row.slug,
    name,
    description,
    untranslated,
    modelId,
    modelVersionId: row.version_id,
    startingPrice: prices === 'shown' ? startingPrice : null,
    prices,
    headline: spec.filter(line => line.headline),
    selection: isDrawable(selection) ? selection : { options: {}, numbers: {} },
  }
}

/** No drawing shows hundreds of options, and lists of products would grow by megabytes. */
const isDrawable = (selection: Selection) => Object.keys(selection.options).length <= 200

/** What is shown of a model version, whole, however large its selection. */
export async function presentationIn(database: Database, modelVersionId: string): Promise<Presentation> {
  const row = await database
    .db<ProductTables>()
    .selectFrom('model_version')
    .select(['id as version_id', 'presentation'])
    .where('id', '=', modelVersionId)
    .executeTakeFirstOrThrow()
  return shownOf(database, row)
}

/** What the product of a model version is called in that version. */
export const productName = async (database: Database, modelVersionId: string): Promise<LocalizedText> =>
  (await presentationIn(database, modelVersionId)).name

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
    items: await Promise.all(page.map(row => managedOf(database, row))),
    nextCursor: rows.length > limit && last ? encodeCursor({ position: last.position, id: last.id }) : null,
  }
}

export async function getManagedProduct(database: Database, productId: string): Promise<ManagedProduct> {
  return managedOf(database, await managedRow(database, productId))
}

/** A product for staff, whether visitors can see it or not; 404 where there is none. */
export async function managedRow(database: Database, productId: string): Promise<ManagedRow> {
  const row = await managed(database).where('p.id', '=', productId).executeTakeFirst()
  if (!row) throw notFound({ 'zh-CN': '产品', en: 'product' })
  return row
}

/** Of a product that has no version yet its draft tells. */
const managed = (database: Database) =>
  database
    .db<ProductTables>()
    .selectFrom('product as p')
    .leftJoin('model_version as v', 'v.id', 'p.current_version_id')
    .leftJoin('model_draft as d', 'd.product_id', 'p.id')
    .select(['p.id', 'p.slug', 'p.status', 'p.position', 'p.updated_at', 'p.revision', 'p.price_visibility'])
    .select(['v.id as version_id', 'v.version', 'v.presentation', 'v.notes', 'v.source_format'])
    .select(['d.id as draft_id', 'd.presentation as draft_presentation', 'd.notes as draft_notes'])
    .select('d.source_format as draft_format')
    .where(eb => eb.or([eb('v.id', 'is not', null), eb('d.id', 'is not', null)]))

export type ManagedRow = Awaited<ReturnType<ReturnType<typeof managed>['execute']>>[number]

export async function managedOf(database: Database, row: ManagedRow): Promise<ManagedProduct> {
  const { name, untranslated, options, constraints } = await shownToStaff(database, row)
  return {
    id: row.id,
    slug: row.slug,
    name,
    status: row.status,
    priceVisibility: row.price_visibility,
    untranslated,
    version: row.version,
    modelVersionId: row.version_id,
    sourceFormat: row.source_format ?? row.draft_format ?? '',
    options,
    constraints,
    notes: row.notes ?? row.draft_notes ?? [],
    hasDraft: row.draft_id !== null,
    updatedAt: row.updated_at.toISOString(),
    revision: row.revision,
  }
}

function shownToStaff(database: Database, { version_id, presentation, draft_presentation }: ManagedRow) {
  return version_id === null ? draft_presentation! : shownOf(database, { version_id, presentation })
}

/** Whether there is any product, a draft included. */
export async function hasProducts(database: Database): Promise<boolean> {
  return (await database.db<ProductTables>().selectFrom('product').select('id').limit(1).executeTakeFirst()) !== undefined
}
