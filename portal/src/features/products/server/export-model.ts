import { Readable } from 'node:stream'
import type { Model } from '@fettle/engine'
import type { FileAnswer, Language } from '#platform/core'
import { Failure, mediaTypes, notFound, type Platform, translate } from '#platform/server'
import type { ProductPreset } from '../core/index.ts'
import { emptyForm, exampleProduct } from '../core/workbook/index.ts'
import { anyVersion } from './product-detail.ts'
import { writeWorkbookApart } from './read-model-apart.ts'
import type { ProductTables } from './tables.ts'

interface Template {
  example: boolean
  /** the currency and tax it begins with; absent: those of the form */
  preset?: ProductPreset
}

/** The product form as an Excel workbook: empty, or filled in with a small product. */
export const modelTemplate = async ({ example, preset }: Template, language: Language): Promise<FileAnswer> =>
  asFile(
    `${translate(language, example ? 'products:workbook.exampleFile' : 'products:workbook.templateFile')}.xlsx`,
    mediaTypes.xlsx,
    await workbookOf({ ...(example ? exampleProduct : emptyForm), ...(preset ? begunWith(preset) : {}) }),
  )

const begunWith = ({ currency, tax }: ProductPreset) => ({ currency, ...(tax ? { tax } : {}) })

/** The current model of a product in the product form, or that of a version or draft. 404 where there is none; fails with `no-workbook` as below. */
export async function exportModel(
  { database }: Platform,
  { productId, modelVersionId }: { productId: string; modelVersionId?: string | undefined },
): Promise<FileAnswer> {
  const product = await database
    .db<ProductTables>()
    .selectFrom('product')
    .select(['slug', 'current_version_id'])
    .where('id', '=', productId)
    .executeTakeFirst()
  const id = modelVersionId ?? product?.current_version_id
  if (!product || !id) throw notFound({ 'zh-CN': '产品模型', en: 'product model' })
  const { version, model } = await anyVersion(database, productId, id)
  return modelAsFile(`${product.slug}-${version}`, model, 'xlsx')
}

/** A model in the product form, or as JSON. Fails with `no-workbook` as below. */
export async function modelAsFile(name: string, model: Model, format: 'xlsx' | 'json'): Promise<FileAnswer> {
  const fileName = `${name}.${format}`.replace(/[\\/:*?"<>|\p{Cc}]/gu, '_')
  if (format === 'json') return asFile(fileName, 'application/json', Buffer.from(`${JSON.stringify(model, null, 2)}\n`))
  return asFile(fileName, mediaTypes.xlsx, await workbookOf(model))
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
