import { Readable } from 'node:stream'
import type { Model } from '@fettle/engine'
import type { FileAnswer, Language } from '#platform/core'
import { Failure, mediaTypes, notFound, type Platform, translate } from '#platform/server'
import { emptyForm, exampleProduct } from '../core/workbook/index.ts'
import { modelOf } from './model-versions.ts'
import { writeWorkbookApart } from './read-model-apart.ts'
import type { ProductTables } from './tables.ts'

/** The product form as an Excel workbook: empty, or filled in with a small product. */
export const modelTemplate = async ({ example }: { example: boolean }, language: Language): Promise<FileAnswer> =>
  asFile(
    `${translate(language, example ? 'products:workbook.exampleFile' : 'products:workbook.templateFile')}.xlsx`,
    mediaTypes.xlsx,
    await workbookOf(example ? exampleProduct : emptyForm),
  )

/** Of which product: by id or by its place in addresses; and which version, where it is not the current one. */
type Wanted = ({ productId: string } | { slug: string }) & { modelVersionId?: string | undefined }

/** The model of a product in the product form, or as JSON. Fails with 404 where there is none, and with `no-workbook` as below. */
export async function exportModel(platform: Platform, wanted: Wanted, format: 'xlsx' | 'json' = 'xlsx'): Promise<FileAnswer> {
  const { slug, id, version } = await findVersion(platform, wanted)
  const model = await modelOf(platform.database, id)
  const name = `${slug}-${version}.${format}`.replace(/[\\/:*?"<>|\p{Cc}]/gu, '_')
  if (format === 'json') return asFile(name, 'application/json', Buffer.from(`${JSON.stringify(model, null, 2)}\n`))
  return asFile(name, mediaTypes.xlsx, await workbookOf(model))
}

async function findVersion({ database }: Platform, wanted: Wanted) {
  const row = await database
    .db<ProductTables>()
    .selectFrom('product as p')
    .innerJoin('model_version as v', 'v.product_id', 'p.id')
    .select(['p.slug', 'v.id', 'v.version'])
    .where(eb => ('slug' in wanted ? eb('p.slug', '=', wanted.slug) : eb('p.id', '=', wanted.productId)))
    .where(eb => eb('v.id', '=', wanted.modelVersionId ?? eb.ref('p.current_version_id')))
    .executeTakeFirst()
  if (!row) throw notFound({ 'zh-CN': '产品模型', en: 'product model' })
  return row
}

/** Fails with `no-workbook` where a spreadsheet has no room for the model. */
async function workbookOf(model: Model): Promise<Uint8Array> {
  const made = await writeWorkbookApart(model)
  if (made.ok) return made.bytes
  const { message, remedy } = made.error
  throw new Failure({
    status: 422,
    type: 'no-workbook',
    title: { 'zh-CN': '无法导出为 Excel', en: 'No Excel workbook can be made' },
    detail: message,
    remedy,
  })
}

const asFile = (name: string, mediaType: string, bytes: Uint8Array): FileAnswer => ({
  name,
  mediaType,
  bytes: bytes.length,
  content: Readable.from([bytes]),
})
