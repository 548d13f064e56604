import { type SelectQueryBuilder, sql } from 'kysely'
import { namedProducts } from '#features/products/server'
import type { LocalizedText } from '#platform/core'
import { decodeCursor, encodeCursor, findFiles, notFound, type Platform } from '#platform/server'
import type { DocumentKind, DocumentLanguage, EarlierVersion, OfferedDocument } from '../core/index.ts'
import { isLocked, mayKnow, type Reader, todayOf } from './reader.ts'
import type { DocumentTables } from './tables.ts'

interface ListQuery {
  product?: string | undefined
  kind?: DocumentKind | undefined
  language?: DocumentLanguage | undefined
  q?: string | undefined
  cursor?: string | undefined
  limit: number
}

/** One page of the documents a reader may know of, the newest version first. */
export async function listDocuments(
  platform: Platform,
  reader: Reader,
  { product, kind, language, q, cursor, limit }: ListQuery,
) {
  let query = (await offered(platform, reader)).orderBy('v.id', 'desc').limit(limit + 1) // ids are time-ordered
  if (product !== undefined) query = query.where(ofProduct(product))
  if (kind) query = query.where('d.kind', '=', kind)
  if (language)
    query = query.where('d.language', 'in', language === 'zh-CN' || language === 'en' ? [language, 'both'] : [language])
  if (q) query = query.where(says(q))
  if (cursor) query = query.where('v.id', '<', decodeCursor<{ id: string }>(cursor, { id: 'uuid' }).id)
  const rows = await query.execute()
  const page = rows.slice(0, limit)
  return {
    items: await toOffered(platform, reader, page),
    nextCursor: rows.length > limit ? encodeCursor({ id: page.at(-1)!.version_id }) : null,
  }
}

/** Whether the text is part of a title or the number. For queries of `document`, named `d`. */
export function says(text: string) {
  const part = `%${text.replace(/[\\%_]/g, '\\$&')}%`
  return sql<boolean>`(d.title_zh ilike ${part} or d.title_en ilike ${part} or d.number ilike ${part})`
}

const ofProduct = (slug: string) => sql<boolean>`(d.all_products or exists (
  select from document_product x join product p on p.id = x.product_id where x.document_id = d.id and p.slug = ${slug}))`

/** What a reader may know of, as rows. */
export const offered = async (platform: Platform, reader: Reader) =>
  platform.database
    .db<DocumentTables>()
    .selectFrom('document as d')
    .innerJoin('document_version as v', join =>
      join.onRef('v.document_id', '=', 'd.id').onRef('v.version', '=', 'd.current_version'),
    )
    .select(['d.id', 'd.title_zh', 'd.title_en', 'd.kind', 'd.language', 'd.number', 'd.audience', 'd.all_products'])
    .select(['d.open_history', 'v.id as version_id', 'v.version', 'v.note', 'v.file_id', 'v.created_at as since'])
    .where(mayKnow(reader, await todayOf(platform)))

type Rows<Query> = Query extends SelectQueryBuilder<infer _DB, infer _T, infer Row> ? Row : never
export type OfferedRow = Rows<Awaited<ReturnType<typeof offered>>>

/** Rows as they are shown; one whose file the virus scanner refused meanwhile is left out. */
export async function toOffered(platform: Platform, reader: Reader, rows: readonly OfferedRow[]): Promise<OfferedDocument[]> {
  if (rows.length === 0) return []
  const [files, products] = await Promise.all([
    findFiles(
      platform,
      rows.map(row => row.file_id),
    ),
    productsOf(
      platform,
      rows.map(row => row.id),
    ),
  ])
  return rows.flatMap(row => {
    const file = files.get(row.file_id)
    if (!file || file.state === 'refused') return []
    const { id, kind, language, number, version } = row
    return {
      ...{ id, kind, language, number, version },
      title: { 'zh-CN': row.title_zh, en: row.title_en },
      since: row.since.toISOString(),
      file: { name: file.name, kind: file.kind, bytes: file.bytes, state: file.state },
      locked: isLocked(reader, row.audience),
      allProducts: row.all_products,
      products: (products.get(id) ?? []).filter(({ published }) => published).map(({ slug, name }) => ({ slug, name })),
    }
  })
}

interface LinkedProduct {
  id: string
  slug: string
  name: LocalizedText
  published: boolean
}

/** The products of these documents, in the order of the catalogue. */
export async function productsOf({ database }: Platform, documentIds: readonly string[]): Promise<Map<string, LinkedProduct[]>> {
  if (documentIds.length === 0) return new Map()
  const [known, links] = await Promise.all([
    namedProducts(database),
    database.db<DocumentTables>().selectFrom('document_product').selectAll().where('document_id', 'in', documentIds).execute(),
  ])
  return new Map(
    documentIds.map(id => {
      const linked = new Set(links.filter(link => link.document_id === id).map(link => link.product_id))
      const its = known.filter(product => linked.has(product.id))
      return [id, its.map(({ status, ...product }) => ({ ...product, published: status === 'published' }))]
    }),
  )
}

/** A document the reader may know of; 404 for any other. */
export async function findOffered(platform: Platform, reader: Reader, documentId: string): Promise<OfferedRow> {
  const row = await (await offered(platform, reader)).where('d.id', '=', documentId).executeTakeFirst()
  if (!row) throw noSuchDocument()
  return row
}

/** The same with its earlier versions, where they are open to him. */
export async function getDocument(platform: Platform, reader: Reader, documentId: string) {
  const row = await findOffered(platform, reader, documentId)
  const [document] = await toOffered(platform, reader, [row])
  if (!document) throw noSuchDocument()
  if (document.locked) return { ...document, note: '', earlier: [] }
  return { ...document, note: row.note, earlier: row.open_history ? await earlierOf(platform, row) : [] }
}

async function earlierOf(platform: Platform, { id, version }: OfferedRow): Promise<EarlierVersion[]> {
  const rows = await platform.database
    .db<DocumentTables>()
    .selectFrom('document_version')
    .select(['version', 'note', 'file_id', 'created_at'])
    .where('document_id', '=', id)
    .where('version', '<', version)
    .orderBy('version', 'desc')
    .limit(100)
    .execute()
  const files = await findFiles(
    platform,
    rows.map(row => row.file_id),
  )
  return rows.flatMap(row => {
    const file = files.get(row.file_id)
    if (!file || file.state === 'refused') return []
    return { version: row.version, note: row.note, since: row.created_at.toISOString(), bytes: file.bytes }
  })
}

export const noSuchDocument = () => notFound({ 'zh-CN': '资料', en: 'document' })
