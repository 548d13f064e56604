import { pagesChanged } from '#features/discovery/server'
import { type Account, changedMeanwhile, type Platform, platformFailure } from '#platform/server'
import type { Audience, DocumentFields } from '../core/index.ts'
import { noSuchDocument } from './offered-documents.ts'
import { type Belonging, resolveFields } from './resolve-fields.ts'
import type { DocumentTables } from './tables.ts'
import { insertVersion, type NewFile, takeFile } from './take-file.ts'

/** Who writes; null: the demo. */
export type Author = Pick<Account, 'id'> | null

/** May he name companies? Whoever does not see them may not. */
export interface Editing {
  author: Author
  seesCompanies: boolean
}

/** A new document with its first version; answers its id. Throws `validation`, `document-known`, file-refused. */
export async function createDocument(platform: Platform, editing: Editing, fields: DocumentFields & NewFile): Promise<string> {
  const { database } = platform
  return database.transaction(async () => {
    demandSight(editing, fields)
    const belonging = await resolveFields(platform, fields, [])
    const file = await takeFile(platform, fields, null)
    const id = platform.newId()
    const now = platform.now()
    await database
      .db<DocumentTables>()
      .insertInto('document')
      .values({ id, ...columnsOf(fields), current_version: 1, revision: 1, created_at: now, updated_at: now })
      .execute()
    await writeBelonging(platform, id, belonging)
    await insertVersion(platform, { documentId: id, version: 1, file, note: '', again: null, author: editing.author })
    await platform.audit.write({ action: 'document.created', target: { kind: 'document', id }, after: said(fields, belonging) })
    await tellEngines(platform, id, fields.audience)
    await tellOf(platform, id)
    return id
  })
}

/** What an editor changes of a document. Fails with 412 where somebody changed it meanwhile. */
export async function changeDocument(
  platform: Platform,
  editing: Editing,
  { documentId, revision, fields }: { documentId: string; revision: string; fields: DocumentFields },
): Promise<void> {
  const { database } = platform
  await database.transaction(async () => {
    demandSight(editing, fields)
    await lockDocument(platform, documentId, revision)
    const db = database.db<DocumentTables>()
    const named = await db.selectFrom('document_company').select('company_id').where('document_id', '=', documentId).execute()
    const belonging = await resolveFields(
      platform,
      fields,
      named.map(({ company_id }) => company_id),
    )
    await db.updateTable('document').set(columnsOf(fields)).where('id', '=', documentId).execute()
    for (const table of ['document_product', 'document_device', 'document_company'] as const)
      await db.deleteFrom(table).where('document_id', '=', documentId).execute()
    await writeBelonging(platform, documentId, belonging)
    await platform.audit.write({
      action: 'document.changed',
      target: { kind: 'document', id: documentId },
      after: said(fields, belonging),
    })
    await tellEngines(platform, documentId, fields.audience)
    await tellOf(platform, documentId)
  })
}

/**
 * Takes a document for a change, in the ambient transaction, and moves its revision on; engines are told of the change to what they know.
 * 404 where there is none, 412 where it is not at the revision the editor saw.
 */
export async function lockDocument(platform: Platform, documentId: string, revision: string) {
  const db = platform.database.db<DocumentTables>()
  const row = await db
    .selectFrom('document')
    .select(['revision', 'current_version', 'audience'])
    .where('id', '=', documentId)
    .forUpdate()
    .executeTakeFirst()
  if (!row) throw noSuchDocument()
  if (String(row.revision) !== revision) throw changedMeanwhile()
  await db
    .updateTable('document')
    .set({ revision: row.revision + 1, updated_at: platform.now() })
    .where('id', '=', documentId)
    .execute()
  await tellEngines(platform, documentId, row.audience)
  return row
}

/** Nobody else is told that a document which is not for everybody is there. */
async function tellEngines(platform: Platform, documentId: string, audience: Audience): Promise<void> {
  if (audience === 'everybody') await pagesChanged(platform, ['/downloads', `/downloads/${documentId}`])
}

/** Public pages are made anew, and the console's pages read again. */
export async function tellOf({ live }: Platform, documentId: string): Promise<void> {
  await live.publish('pages', 'documents')
  await live.publish('documents', documentId)
}

function demandSight({ seesCompanies }: Editing, { companies }: DocumentFields): void {
  if (companies !== undefined && companies.length > 0 && !seesCompanies)
    throw platformFailure('not-permitted', undefined, { extensions: { permission: 'company.read' } })
}

const columnsOf = ({ title, kind, language, number, validFrom, audience, allProducts, openHistory }: DocumentFields) => ({
  ...{ kind, language, audience },
  title_zh: title['zh-CN'],
  title_en: title.en,
  number: number || null,
  valid_from: validFrom,
  all_products: allProducts,
  open_history: openHistory,
})

async function writeBelonging({ database }: Platform, document_id: string, { products, devices, companies }: Belonging) {
  const db = database.db<DocumentTables>()
  if (products.length > 0)
    await db
      .insertInto('document_product')
      .values(products.map(product_id => ({ document_id, product_id })))
      .execute()
  if (devices.length > 0)
    await db
      .insertInto('document_device')
      .values(devices.map(device_id => ({ document_id, device_id })))
      .execute()
  if (companies.length > 0)
    await db
      .insertInto('document_company')
      .values(companies.map(company_id => ({ document_id, company_id })))
      .execute()
}

const said = ({ title, kind, audience, validFrom, allProducts, openHistory }: DocumentFields, belonging: Belonging) => ({
  ...{ title: title['zh-CN'], kind, audience, validFrom, allProducts, openHistory },
  ...belonging,
})
