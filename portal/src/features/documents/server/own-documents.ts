import { sql } from 'kysely'
import { type NamedProduct, namedProducts } from '#features/products/server'
import type { Platform } from '#platform/server'
import { documentKinds, newForDays, type OwnDocument, type OwnDocuments } from '../core/index.ts'
import { type OfferedRow, offered, toOffered } from './offered-documents.ts'
import type { Reader } from './reader.ts'
import type { DocumentTables } from './tables.ts'

type Customer = Extract<Reader, { kind: 'customer' }>

const most = 1000
const dayMs = 24 * 60 * 60_000

/** What is meant for a customer's company: by the products and machines it owns, and what else is. */
export async function ownDocuments(platform: Platform, reader: Customer): Promise<OwnDocuments> {
  const { machines } = reader
  const rows = await meantFor(platform, reader)
  const ids = rows.map(({ id }) => id)
  const [shown, products, linked, had] = await Promise.all([
    toOffered(platform, reader, rows),
    namedProducts(platform.database),
    linksOf(platform, ids),
    versionsHad(platform, reader),
  ])
  const now = platform.now().getTime()
  const byId = new Map(rows.map(row => [row.id, row]))
  const documents = shown
    .map(({ locked, ...document }): OwnDocument => {
      const row = byId.get(document.id)!
      return { ...document, note: row.note, standing: standingOf(row, had.get(document.id) ?? 0, now) }
    })
    .toSorted((a, b) => documentKinds.indexOf(a.kind) - documentKinds.indexOf(b.kind))

  const owned = products.filter(({ id }) => machines.some(machine => machine.products.includes(id)))
  const groups = [...owned, null].map(product => groupOf(product, { machines, documents, linked })).filter(hasMachines)
  const grouped = new Set(groups.flatMap(group => group.documents.map(({ id }) => id)))
  return { groups, others: documents.filter(({ id }) => !grouped.has(id)) }
}

type Group = OwnDocuments['groups'][number]
const hasMachines = (group: Group) => group.machines.length > 0

/** product null: machines that belong to none */
function groupOf(
  product: NamedProduct | null,
  { machines, documents, linked }: { machines: Customer['machines']; documents: OwnDocument[]; linked: Set<string> },
): Group {
  const its = machines.filter(machine => (product ? machine.products.includes(product.id) : machine.products.length === 0))
  return {
    product: product && { name: product.name, slug: product.status === 'published' ? product.slug : null },
    machines: its.map(({ serial, model }) => ({ serial, model })),
    documents: documents.flatMap(document => {
      const serials = its.filter(({ id }) => linked.has(`${document.id} ${id}`)).map(({ serial }) => serial)
      const ofProduct = product !== null && linked.has(`${document.id} ${product.id}`)
      return serials.length > 0 || ofProduct ? { ...document, serials } : []
    }),
  }
}

/** Documents of his products and machines, of all products, and those for his company by name. */
async function meantFor(platform: Platform, reader: Customer): Promise<OfferedRow[]> {
  const devices = reader.machines.map(({ id }) => id)
  const products = [...new Set(reader.machines.flatMap(machine => machine.products))]
  return (await offered(platform, reader))
    .where(
      sql<boolean>`(d.all_products or d.audience = 'companies'
        or exists (select from document_product p where p.document_id = d.id and p.product_id = any(${products}::uuid[]))
        or exists (select from document_device m where m.document_id = d.id and m.device_id = any(${devices}::uuid[])))`,
    )
    .orderBy('v.id', 'desc')
    .limit(most)
    .execute()
}

/** Products and machines of these documents: '<document> <product or machine>'. */
async function linksOf({ database }: Platform, documentIds: readonly string[]): Promise<Set<string>> {
  if (documentIds.length === 0) return new Set()
  const db = database.db<DocumentTables>()
  const [products, devices] = await Promise.all([
    db.selectFrom('document_product').selectAll().where('document_id', 'in', documentIds).execute(),
    db.selectFrom('document_device').selectAll().where('document_id', 'in', documentIds).execute(),
  ])
  return new Set([
    ...products.map(({ document_id, product_id }) => `${document_id} ${product_id}`),
    ...devices.map(({ document_id, device_id }) => `${document_id} ${device_id}`),
  ])
}

/** The newest version of each document that he, or somebody of his company, has fetched. */
async function versionsHad({ database }: Platform, { personId, companyId }: Customer): Promise<Map<string, number>> {
  const rows = await database
    .db<DocumentTables>()
    .selectFrom('document_download as l')
    .innerJoin('document_version as v', 'v.id', 'l.version_id')
    .select(eb => ['v.document_id', eb.fn.max('v.version').as('version')])
    .where(eb => eb.or([eb('l.person_id', '=', personId), ...(companyId ? [eb('l.company_id', '=', companyId)] : [])]))
    .groupBy('v.document_id')
    .execute()
  return new Map(rows.map(({ document_id, version }) => [document_id, version]))
}

function standingOf({ version, since }: OfferedRow, had: number, now: number): OwnDocument['standing'] {
  if (had === version) return 'had'
  if (had > 0) return 'renewed'
  return now - since.getTime() < newForDays * dayMs ? 'new' : 'none'
}
