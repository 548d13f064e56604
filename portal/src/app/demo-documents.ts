import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import { findCompanyByContact } from '#features/accounts/server'
import type { Audience, DocumentKind, DocumentLanguage } from '#features/documents/core'
import { addVersion, createDocument, filePurpose, saveNameplates } from '#features/documents/server'
import { readManufacturer } from '#features/manufacturer/server'
import { getProduct, namedProducts } from '#features/products/server'
import { type LocalizedText, languages } from '#platform/core'
import { type Platform, receiveFile, renderPdf } from '#platform/server'
import { demoPaper, type Paper, type PaperText } from './demo-paper.ts'

/** A document in examples/documents/documents.json. */
interface DemoDocument {
  /** addresses of products */
  products: string[]
  /** serial numbers */
  devices?: string[]
  /** somebody of the company it is for */
  company?: string
  kind: DocumentKind
  audience: Audience
  language: Extract<DocumentLanguage, 'zh-CN' | 'en' | 'both'>
  number: string
  openHistory?: boolean
  title: LocalizedText
  parts: Paper['parts']
  texts: PaperText[]
  /** its second version: what came in addition */
  renewed?: { note: string; text: PaperText }
}

const plates: Record<string, string[]> = { 'machining-centre': ['VM-*'], 'rotary-table': ['RT-*'] }

/**
 * Documents of the demo manufacturer, printed from his models and drawings, so that each of the demo's accounts sees others of them.
 * Through the features' own functions; nothing where there are documents already.
 */
export async function loadDemoDocuments(platform: Platform): Promise<void> {
  const { database } = platform
  const file = join(import.meta.dirname, '../../../examples/documents/documents.json')
  await database.transaction(async () => {
    await sql`select pg_advisory_xact_lock(hashtext('fettle-demo'))`.execute(database.db()) // several portals may start at once
    const db = database.db<{ document: { id: string } }>()
    if (await db.selectFrom('document').select('id').limit(1).executeTakeFirst()) return
    const products = new Map((await namedProducts(database)).map(({ slug, id }) => [slug, id]))
    for (const [slug, patterns] of Object.entries(plates))
      if (products.has(slug)) await saveNameplates(platform, products.get(slug)!, patterns)
    for (const document of JSON.parse(readFileSync(file, 'utf8')) as DemoDocument[]) await load(platform, products, document)
  })
}

async function load(platform: Platform, products: ReadonlyMap<string, string>, document: DemoDocument): Promise<void> {
  const { title, kind, audience, language, number, renewed, openHistory = false } = document
  const company = document.company ? await findCompanyByContact(platform, { email: document.company }) : null
  const id = await createDocument(
    platform,
    { author: null, seesCompanies: true },
    {
      ...{ title, kind, audience, language, number, openHistory, allProducts: false, validFrom: null },
      products: document.products.flatMap(slug => products.get(slug) ?? []),
      devices: document.devices ?? [],
      ...(company ? { companies: [company.companyId] } : {}),
      token: await print(platform, document, 1),
      sameFile: false,
    },
  )
  if (!renewed) return
  const second = { ...document, texts: [...document.texts, renewed.text] }
  const token = await print(platform, second, 2)
  await addVersion(platform, null, { documentId: id, revision: '1', note: renewed.note, token, sameFile: false })
}

/** The document as a PDF that was uploaded; answers the upload's token. */
async function print(platform: Platform, document: DemoDocument, version: number): Promise<string> {
  const { title, number, texts, parts, language, products } = document
  const [slug] = products
  const pdf = await renderPdf(
    demoPaper({
      ...{ title, number, version, texts, parts },
      maker: await readManufacturer(platform.database),
      languages: language === 'both' ? languages : [language],
      product: slug && parts.length > 0 ? await getProduct(platform.database, slug, 'stranger') : null,
    }),
  )
  async function* content() {
    yield pdf
  }
  const sender = { platform, account: null, address: '127.0.0.1' }
  const { token } = await receiveFile(
    sender,
    { name: `${title['zh-CN'].replaceAll('/', '-')}.pdf`, content: content() },
    filePurpose,
  )
  return token
}
