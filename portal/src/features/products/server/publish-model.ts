import { compile, type Model, type ModelError } from '@fettle/engine'
import { detectFormat, importModel as readModelFile } from '@fettle/engine/formats'
import { Failure, type LocalizedFieldError, type Platform } from '#platform/server'
import type { ProductTables } from './tables.ts'

interface ModelFile {
  fileName: string
  text: string
  /** false keeps a new product a draft */
  publish: boolean
}

/**
 * Reads a model file, proves that the model can be configured, and makes it the current version of its product;
 * a model id not seen before becomes a new product. Nothing is written when anything is wrong.
 * Fails with `model-invalid` naming every error by its place in the file.
 */
export async function publishModelFile(platform: Platform, file: ModelFile): Promise<{ productId: string }> {
  const read = readModelFile(file.fileName, file.text)
  if (!read.ok) throw modelInvalid(file.fileName, read.errors)
  return publishModel(platform, {
    model: read.model,
    notes: read.notes,
    sourceFormat: detectFormat(file.fileName, file.text)!,
    publish: file.publish,
  })
}

interface ModelToPublish {
  model: Model
  notes?: ModelError[]
  sourceFormat: string
  publish: boolean
  /** page content beside the model, for products that ship with one */
  page?: unknown
  position?: number
  /** default: made of the model id */
  slug?: string
}

export async function publishModel(platform: Platform, input: ModelToPublish): Promise<{ productId: string }> {
  const result = compile(input.model)
  if (!result.ok) throw modelInvalid(input.model.id, result.errors)
  const { database } = platform
  return database.transaction(async () => {
    const db = database.db<ProductTables>()
    const now = platform.now()
    const slug = input.slug ?? slugOf(input.model.id)
    await db
      .insertInto('product')
      .values({
        id: platform.newId(),
        slug,
        position: input.position ?? 100,
        status: 'draft',
        page: null,
        current_version_id: null,
        revision: 0,
        created_at: now,
        updated_at: now,
      })
      .onConflict(conflict => conflict.column('slug').doNothing())
      .execute()
    const product = await db.selectFrom('product').selectAll().where('slug', '=', slug).forUpdate().executeTakeFirstOrThrow()
    const versionId = platform.newId()
    const version = await freeVersion(platform, product.id, input.model.version)
    await db
      .insertInto('model_version')
      .values({
        id: versionId,
        product_id: product.id,
        version,
        model: JSON.stringify({ ...input.model, version }),
        source_format: input.sourceFormat,
        notes: JSON.stringify(input.notes ?? []),
        created_at: now,
        withdrawn_at: null,
      })
      .execute()
    if (product.current_version_id)
      await db.updateTable('model_version').set({ withdrawn_at: now }).where('id', '=', product.current_version_id).execute()
    await db
      .updateTable('product')
      .set({
        current_version_id: versionId,
        ...(input.publish ? { status: 'published' as const } : {}),
        ...(input.page === undefined ? {} : { page: JSON.stringify(input.page) }),
        ...(input.position === undefined ? {} : { position: input.position }),
        revision: product.revision + 1,
        updated_at: now,
      })
      .where('id', '=', product.id)
      .execute()
    await platform.record('model.published', { productId: product.id, modelVersionId: versionId })
    await platform.live.publish('pages', product.slug)
    return { productId: product.id }
  })
}

/** The version as the model says, or with a counting suffix where the product has one of that name already. */
async function freeVersion(platform: Platform, productId: string, wished: string): Promise<string> {
  const taken = await platform.database
    .db<ProductTables>()
    .selectFrom('model_version')
    .select('version')
    .where('product_id', '=', productId)
    .execute()
  const names = new Set(taken.map(row => row.version))
  if (!names.has(wished)) return wished
  let count = 2
  while (names.has(`${wished}-${count}`)) count++
  return `${wished}-${count}`
}

const slugOf = (modelId: string): string =>
  modelId
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 80)
    .replace(/-+$/, '') || 'product'

const shown = 50

function modelInvalid(what: string, errors: ModelError[]): Failure {
  return new Failure({
    status: 422,
    type: 'model-invalid',
    title: { 'zh-CN': '模型有误', en: 'The model has errors' },
    detail: {
      'zh-CN': `“${what}”有 ${errors.length} 处错误，尚未保存任何内容。`,
      en: `“${what}” has ${errors.length} error${errors.length === 1 ? '' : 's'}. Nothing was saved.`,
    },
    remedy: { 'zh-CN': '请按下列位置修改文件后重新导入。', en: 'Correct the file at the places listed, then import it again.' },
    errors: errors.slice(0, shown).map(fieldError),
    extensions: { errorCount: errors.length },
  })
}

const fieldError = (error: ModelError): LocalizedFieldError => ({
  field: error.path,
  ...(error.value === undefined ? {} : { value: error.value.slice(0, 200) }),
  message: error.message,
  remedy: error.remedy,
})
