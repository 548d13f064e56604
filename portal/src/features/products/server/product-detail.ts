import { personNames } from '#features/accounts/server'
import { type Database, notFound } from '#platform/server'
import { type ComparedVersions, diffModels, type HistoryEntry, type ProductDetail } from '../core/index.ts'
import { managedOf, managedRow, presentationIn } from './catalogue.ts'
import type { ProductTables } from './tables.ts'

const mostEntries = 200

/** A product with its draft and its history, for staff. 404 where there is none. */
export async function getProductDetail(database: Database, productId: string): Promise<ProductDetail> {
  const row = await managedRow(database, productId)
  const [product, draft, entries, unnoted] = await Promise.all([
    managedOf(database, row),
    draftOf(database, productId),
    readEntries(database, productId),
    unnotedVersions(database, productId),
  ])
  const names = await personNames(
    database,
    [...entries, draft].flatMap(one => one?.author_id ?? []),
  )
  const authorOf = (id: string | null | undefined) => (id ? { id, name: names.get(id) ?? '' } : null)
  const { startingPrice } = row.version_id ? await presentationIn(database, row.version_id) : { startingPrice: null }
  const noted = entries.map(
    ({ id, at, kind, author_id, reason, model_version_id, data }): HistoryEntry => ({
      id,
      at: at.toISOString(),
      kind,
      author: authorOf(author_id),
      reason,
      modelVersionId: model_version_id,
      version: data.version ?? null,
      fileName: data.fileName ?? null,
      status: data.status ?? null,
      again: data.again ?? null,
    }),
  )
  return {
    ...product,
    startingPrice,
    draft: draft
      ? {
          id: draft.id,
          version: draft.version,
          fileName: draft.file_name,
          sourceFormat: draft.source_format,
          author: authorOf(draft.author_id),
          at: draft.created_at.toISOString(),
          startingPrice: draft.presentation.startingPrice,
          notes: draft.notes,
          findings: draft.findings,
        }
      : null,
    history: [...noted, ...unnoted].toSorted((a, b) => b.at.localeCompare(a.at)),
  }
}

const draftOf = (database: Database, productId: string) =>
  database.db<ProductTables>().selectFrom('model_draft').selectAll().where('product_id', '=', productId).executeTakeFirst()

/** The draft of a product with the product's address; 404 where it has none. For staff: whoever calls has asked who wants it. */
export async function findDraft(database: Database, productId: string) {
  const draft = await draftOf(database, productId)
  if (!draft) throw notFound({ 'zh-CN': '草稿', en: 'draft' })
  const { slug } = await managedRow(database, productId)
  return { ...draft, slug }
}

const readEntries = (database: Database, productId: string) =>
  database
    .db<ProductTables>()
    .selectFrom('product_entry')
    .selectAll()
    .where('product_id', '=', productId)
    .orderBy('id', 'desc') // ids are time-ordered
    .limit(mostEntries)
    .execute()

/** Versions of the time before there was a history. */
async function unnotedVersions(database: Database, productId: string): Promise<HistoryEntry[]> {
  const rows = await database
    .db<ProductTables>()
    .selectFrom('model_version as v')
    .leftJoin('product_entry as e', 'e.model_version_id', 'v.id')
    .select(['v.id', 'v.version', 'v.created_at'])
    .where('v.product_id', '=', productId)
    .where('e.id', 'is', null)
    .orderBy('v.id', 'desc')
    .limit(mostEntries)
    .execute()
  return rows.map(({ id, version, created_at }) => ({
    id,
    at: created_at.toISOString(),
    kind: 'published',
    author: null,
    reason: null,
    modelVersionId: id,
    version,
    fileName: null,
    status: null,
    again: null,
  }))
}

/** A version of a product or its draft, by id; 404 for those of other products. */
export async function anyVersion(database: Database, productId: string, id: string) {
  const db = database.db<ProductTables>()
  const [version, draft] = await Promise.all([
    db
      .selectFrom('model_version')
      .select(['version', 'model'])
      .where('id', '=', id)
      .where('product_id', '=', productId)
      .executeTakeFirst(),
    db
      .selectFrom('model_draft')
      .select(['version', 'model', 'presentation'])
      .where('id', '=', id)
      .where('product_id', '=', productId)
      .executeTakeFirst(),
  ])
  if (draft) return draft
  if (!version) throw notFound({ 'zh-CN': '模型版本', en: 'model version' })
  return { ...version, presentation: await presentationIn(database, id) }
}

/** A version of a product by the product's address and the version's name; default the current one, 'draft' the draft. */
export async function findVersion(database: Database, slug: string, version?: string) {
  const db = database.db<ProductTables>()
  const product = await db.selectFrom('product').select(['id', 'current_version_id']).where('slug', '=', slug).executeTakeFirst()
  if (!product) return null
  const id = await versionId(database, { id: product.id, current: product.current_version_id }, version)
  return id ? { id, ...(await anyVersion(database, product.id, id)) } : null
}

async function versionId(database: Database, product: { id: string; current: string | null }, version: string | undefined) {
  if (version === undefined) return product.current
  if (version === 'draft') return (await draftOf(database, product.id))?.id
  const query = database
    .db<ProductTables>()
    .selectFrom('model_version')
    .select('id')
    .where('product_id', '=', product.id)
    .where('version', '=', version)
  return (await query.executeTakeFirst())?.id
}

const mostDifferences = 500

interface Compared {
  productId: string
  before: string
  after: string
}

/** What changed between two versions of a product. */
export async function compareVersions(database: Database, { productId, ...ids }: Compared): Promise<ComparedVersions> {
  const [before, after] = await Promise.all([
    anyVersion(database, productId, ids.before),
    anyVersion(database, productId, ids.after),
  ])
  // a version's name may have been given a suffix when it was published, which nobody changed in the file
  const differences = diffModels({ ...before.model, version: '' }, { ...after.model, version: '' })
  const about = ({ version, presentation }: typeof before) => ({ version, startingPrice: presentation.startingPrice })
  return {
    before: about(before),
    after: about(after),
    differences: differences.slice(0, mostDifferences),
    total: differences.length,
  }
}
