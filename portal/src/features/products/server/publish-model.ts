import { compile, type Model, type ModelError } from '@fettle/engine'
import { Failure, type LocalizedFieldError, type Platform } from '#platform/server'
import { presentationOf } from './presentation.ts'
import { readModelApart } from './read-model-apart.ts'
import type { ModelFile, ReadModel } from './read-model-file.ts'
import type { ProductTables } from './tables.ts'

/**
 * Reads a model file, proves that the model can be configured, and makes it the current version of its product;
 * a model id not seen before becomes a new product. Nothing is written when anything is wrong.
 * Fails with `model-invalid` naming every error by its place in the file, or with `model-too-hard`.
 * publish: false keeps a new product a draft
 */
export async function publishModelFile(
  platform: Platform,
  { publish, ...file }: ModelFile & { publish: boolean },
): Promise<PublishedModel> {
  const read = await readModelApart(file)
  if (!read.ok) throw modelInvalid(file.fileName, read.errors)
  return writeVersion(platform, { ...read, publish })
}

interface PublishedModel {
  productId: string
  slug: string
  version: string
  /** what of the file could not be expressed */
  notes: ModelError[]
}

interface ModelToPublish extends Placing {
  model: Model
  sourceFormat: string
}

/** As publishModelFile, for a model that is at hand. */
export async function publishModel(platform: Platform, { model, ...input }: ModelToPublish): Promise<PublishedModel> {
  const result = compile(model)
  if (!result.ok) throw modelInvalid(model.id, result.errors)
  return writeVersion(platform, {
    ...input,
    id: model.id,
    version: model.version,
    json: JSON.stringify(model),
    presentation: presentationOf(result.compiled),
    notes: [],
  })
}

interface Placing {
  publish: boolean
  /** page content beside the model, for products that ship with one */
  page?: unknown
  position?: number
  /** default: made of the model id */
  slug?: string
}

type Checked = Omit<Extract<ReadModel, { ok: true }>, 'ok'>

async function writeVersion(platform: Platform, input: Checked & Placing): Promise<PublishedModel> {
  const { database } = platform
  return database.transaction(async () => {
    const db = database.db<ProductTables>()
    const now = platform.now()
    const slug = input.slug ?? slugOf(input.id)
    await db
      .insertInto('product')
      .values({
        id: platform.newId(),
        slug,
        position: input.position ?? 100,
        status: 'draft',
        page: null,
        current_version_id: null,
        price_visibility: null,
        revision: 0,
        created_at: now,
        updated_at: now,
      })
      .onConflict(conflict => conflict.column('slug').doNothing())
      .execute()
    const product = await db.selectFrom('product').selectAll().where('slug', '=', slug).forUpdate().executeTakeFirstOrThrow()
    const versionId = platform.newId()
    const version = await freeVersion(platform, product.id, input.version)
    await db
      .insertInto('model_version')
      .values({
        id: versionId,
        product_id: product.id,
        version,
        model: version === input.version ? input.json : JSON.stringify({ ...(JSON.parse(input.json) as Model), version }),
        source_format: input.sourceFormat,
        notes: JSON.stringify(input.notes),
        presentation: JSON.stringify(input.presentation),
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
    await platform.audit.write({
      action: 'product.imported',
      target: { kind: 'product', id: product.id },
      after: { version, published: input.publish || product.status === 'published' },
      facts: { sourceFormat: input.sourceFormat },
    })
    await platform.record('model.published', { productId: product.id, modelVersionId: versionId })
    await platform.live.publish('pages', product.slug)
    return { productId: product.id, slug, version, notes: input.notes }
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
    .replace(/^-|-$/g, '')
    .slice(0, 80)
    .replace(/-$/, '') || 'product'

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
  code: error.code,
  ...(error.value === undefined ? {} : { value: error.value.slice(0, 200) }),
  message: error.message,
  remedy: error.remedy,
})
