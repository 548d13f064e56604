import { type SqlBool, sql } from 'kysely'
import { companyRecords, personNames } from '#features/accounts/server'
import { devicesById } from '#features/devices/server'
import { addDays } from '#features/figures/core'
import { decodeCursor, encodeCursor, findFiles, type Platform, type StoredFile } from '#platform/server'
import {
  type Audience,
  type DocumentDetail,
  type DocumentKind,
  type DocumentLanguage,
  type ManagedDocument,
  type ManagedVersion,
  productsOfModel,
} from '../core/index.ts'
import { readPlates } from './nameplates.ts'
import { noSuchDocument, productsOf, says } from './offered-documents.ts'
import { todayOf } from './reader.ts'
import type { DocumentTables } from './tables.ts'

interface ListQuery {
  q?: string | undefined
  product?: string | undefined
  device?: string | undefined
  kind?: DocumentKind | undefined
  language?: DocumentLanguage | undefined
  audience?: Audience | undefined
  status?: 'offered' | 'withdrawn' | undefined
  cursor?: string | undefined
  limit: number
}

/** One page of all documents for staff, the last changed first. */
export async function listManagedDocuments(
  platform: Platform,
  { q, product, device, cursor, limit, status, ...exact }: ListQuery,
) {
  let query = managed(platform)
    .orderBy('d.updated_at', 'desc')
    .orderBy('d.id', 'desc')
    .limit(limit + 1)
  for (const [column, value] of Object.entries(exact) as ['kind' | 'language' | 'audience', string | undefined][])
    if (value) query = query.where(`d.${column}`, '=', value as never)
  if (q) query = query.where(says(q))
  if (status) query = query.where('d.withdrawn_at', status === 'withdrawn' ? 'is not' : 'is', null)
  if (product)
    query = query.where(
      sql<SqlBool>`(d.all_products or exists (select from document_product x where x.document_id = d.id and x.product_id = ${product}))`,
    )
  if (device) query = query.where(await belongsToDevice(platform, device))
  if (cursor) {
    const { at, id } = decodeCursor<{ at: string; id: string }>(cursor, { at: 'time', id: 'uuid' })
    query = query.where(sql<SqlBool>`(d.updated_at, d.id) < (${at}::timestamptz, ${id}::uuid)`)
  }
  const rows = await query.execute()
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  return {
    items: await toManaged(platform, page),
    nextCursor: rows.length > limit && last ? encodeCursor({ at: last.updated_at.toISOString(), id: last.id }) : null,
  }
}

/** Named for this machine, for a product it belongs to, or for all of them. */
async function belongsToDevice({ database }: Platform, deviceId: string) {
  const [[machine], plates] = await Promise.all([devicesById(database, [deviceId]), readPlates(database)])
  const products = machine ? productsOfModel(machine.modelKey, plates) : []
  return sql<SqlBool>`(d.all_products
    or exists (select from document_product x where x.document_id = d.id and x.product_id = any(${products}::uuid[]))
    or exists (select from document_device m where m.document_id = d.id and m.device_id = ${deviceId}))`
}

const managed = ({ database }: Platform) =>
  database
    .db<DocumentTables>()
    .selectFrom('document as d')
    .innerJoin('document_version as v', join =>
      join.onRef('v.document_id', '=', 'd.id').onRef('v.version', '=', 'd.current_version'),
    )
    .select(['d.id', 'd.title_zh', 'd.title_en', 'd.kind', 'd.language', 'd.number', 'd.audience', 'd.all_products'])
    .select(['d.open_history', 'd.withdrawn_at', 'd.withdrawn_reason', 'd.revision', 'd.updated_at', 'v.version', 'v.file_id'])
    .select(sql<string | null>`d.valid_from::text`.as('valid_from'))
    .select(sql<number>`(select count(*)::int from document_company c where c.document_id = d.id)`.as('companies'))
    .select(
      sql<number>`(select coalesce(sum(n.downloads), 0)::int from document_day n
        join document_version w on w.id = n.version_id where w.document_id = d.id)`.as('downloads'),
    )

type ManagedRow = Awaited<ReturnType<ReturnType<typeof managed>['execute']>>[number]

async function toManaged(platform: Platform, rows: readonly ManagedRow[]): Promise<ManagedDocument[]> {
  const ids = rows.map(({ id }) => id)
  const [today, files, products, devices] = await Promise.all([
    todayOf(platform),
    findFiles(
      platform,
      rows.map(row => row.file_id),
    ),
    productsOf(platform, ids),
    machinesOf(platform, ids),
  ])
  return rows.map(row => ({
    id: row.id,
    title: { 'zh-CN': row.title_zh, en: row.title_en },
    kind: row.kind,
    language: row.language,
    number: row.number,
    validFrom: row.valid_from,
    upcoming: row.valid_from !== null && row.valid_from > today,
    audience: row.audience,
    allProducts: row.all_products,
    products: (products.get(row.id) ?? []).map(({ id, name }) => ({ id, name })),
    devices: devices.get(row.id) ?? [],
    companyCount: row.companies,
    withdrawn: row.withdrawn_at !== null,
    version: row.version,
    file: fileOf(files.get(row.file_id)),
    downloads: row.downloads,
    updatedAt: row.updated_at.toISOString(),
  }))
}

async function machinesOf({ database }: Platform, ids: readonly string[]) {
  if (ids.length === 0) return new Map<string, { serial: string; model: string }[]>()
  const links = await database
    .db<DocumentTables>()
    .selectFrom('document_device')
    .selectAll()
    .where('document_id', 'in', ids)
    .execute()
  const known = await devicesById(database, [...new Set(links.map(link => link.device_id))])
  return new Map(
    ids.map(id => {
      const linked = new Set(links.filter(link => link.document_id === id).map(link => link.device_id))
      return [id, known.filter(device => linked.has(device.id)).map(({ serial, model }) => ({ serial, model }))]
    }),
  )
}

/** One that was swept away after it was refused is refused. */
const fileOf = (file: StoredFile | undefined): ManagedVersion['file'] =>
  file
    ? { name: file.name, kind: file.kind, bytes: file.bytes, state: file.state }
    : { name: '', kind: 'text', bytes: 0, state: 'refused' }

/** A document for staff, with its versions, the newest first. 404 where there is none. */
export async function getManagedDocument(platform: Platform, documentId: string): Promise<DocumentDetail> {
  const row = await managed(platform).where('d.id', '=', documentId).executeTakeFirst()
  if (!row) throw noSuchDocument()
  const db = platform.database.db<DocumentTables>()
  const [[document], companies, versions] = await Promise.all([
    toManaged(platform, [row]),
    db.selectFrom('document_company').select('company_id').where('document_id', '=', documentId).execute(),
    versionsOf(platform, documentId),
  ])
  const named = await companyRecords(
    platform,
    companies.map(({ company_id }) => company_id),
  )
  return {
    ...document!,
    openHistory: row.open_history,
    withdrawnAt: row.withdrawn_at?.toISOString() ?? null,
    withdrawnReason: row.withdrawn_reason,
    companies: named.map(({ id, name }) => ({ id, name })).toSorted((a, b) => a.name.localeCompare(b.name, 'zh-CN')),
    versions,
    revision: row.revision,
  }
}

async function versionsOf(platform: Platform, documentId: string): Promise<ManagedVersion[]> {
  const { database } = platform
  const since = addDays(await todayOf(platform), -30)
  const rows = await database
    .db<DocumentTables>()
    .selectFrom('document_version as v')
    .leftJoin('document_day as n', 'n.version_id', 'v.id')
    .select(['v.id', 'v.version', 'v.note', 'v.again', 'v.author_id', 'v.created_at', 'v.file_id'])
    .select(sql<number>`coalesce(sum(n.downloads), 0)::int`.as('downloads'))
    .select(sql<number>`coalesce(sum(n.downloads) filter (where n.day > ${since}::date), 0)::int`.as('lately'))
    .where('v.document_id', '=', documentId)
    .groupBy('v.id')
    .orderBy('v.version', 'desc')
    .limit(200)
    .execute()
  const [files, names] = await Promise.all([
    findFiles(
      platform,
      rows.map(row => row.file_id),
    ),
    personNames(
      database,
      rows.flatMap(row => row.author_id ?? []),
    ),
  ])
  return rows.map(({ version, note, again, author_id, created_at, file_id, downloads, lately }) => ({
    ...{ version, note, again, downloads, lately },
    author: (author_id && names.get(author_id)) || '',
    at: created_at.toISOString(),
    file: fileOf(files.get(file_id)),
  }))
}
