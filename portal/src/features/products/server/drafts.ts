import { type Account, changedMeanwhile, conflict, notFound, type Platform } from '#platform/server'
import type { Finding } from '../core/checks/index.ts'
import { managedRow } from './catalogue.ts'
import { checksFailed, modelInvalid, otherModel, warningsNotAccepted } from './model-problems.ts'
import { modelOf } from './model-versions.ts'
import { type Authorship, noteEntry } from './product-entries.ts'
import { readModelApart } from './read-model-apart.ts'
import type { ModelFile, TellProgress } from './read-model-file.ts'
import type { ProductTables } from './tables.ts'
import { lockProduct, type ProvedModel, writeVersion } from './write-version.ts'

type Product = NonNullable<Awaited<ReturnType<typeof lockProduct>>>

interface NewDraft extends ProvedModel, Authorship {
  findings: Finding[]
  fileName: string
}

/** Puts a model beside the current one of a locked product, in place of the draft before; in the ambient transaction. */
export async function keepDraft(platform: Platform, product: Product, draft: NewDraft): Promise<void> {
  const db = platform.database.db<ProductTables>()
  await db.deleteFrom('model_draft').where('product_id', '=', product.id).execute()
  await db
    .insertInto('model_draft')
    .values({
      id: platform.newId(),
      product_id: product.id,
      version: draft.version,
      model: draft.json,
      source_format: draft.sourceFormat,
      file_name: draft.fileName,
      notes: JSON.stringify(draft.notes),
      presentation: JSON.stringify(draft.presentation),
      findings: JSON.stringify(draft.findings),
      author_id: draft.author?.id ?? null,
      created_at: platform.now(),
    })
    .execute()
  await touch(platform, product)
  await noteEntry(platform, {
    productId: product.id,
    kind: 'imported',
    author: draft.author,
    data: { version: draft.version, fileName: draft.fileName },
  })
  await platform.record('model.drafted', { productId: product.id })
  await platform.audit.write({
    action: 'product.imported',
    target: { kind: 'product', id: product.id },
    after: { draft: draft.version },
    facts: { sourceFormat: draft.sourceFormat },
  })
}

/** Reads a model file as the draft of this product. Fails as an import does, and with `other-model` for a file of another one. */
export async function importDraft(
  platform: Platform,
  author: Account,
  productId: string,
  file: ModelFile,
  tell?: TellProgress,
): Promise<void> {
  await managedRow(platform.database, productId) // before a thread works on it for nothing
  const read = await readModelApart({ ...file, languages: platform.languages.offered() }, undefined, tell)
  if (!read.ok) throw modelInvalid(file.fileName, read.errors)
  await platform.database.transaction(async () => {
    const product = await lockedProduct(platform, productId)
    const modelId = await modelIdOf(platform, product)
    if (modelId !== null && modelId !== read.id) throw otherModel(read.id, modelId)
    await keepDraft(platform, product, { ...read, fileName: file.fileName, author })
  })
}

interface Edit {
  productId: string
  /** the revision the editor saw */
  revision: string
}

/** Throws the draft away; a product that never had another version goes with it. */
export async function discardDraft(platform: Platform, author: Account, { productId, revision }: Edit): Promise<void> {
  await platform.database.transaction(async () => {
    const product = await lockedProduct(platform, productId, revision)
    const db = platform.database.db<ProductTables>()
    const draft = await lockedDraft(platform, productId)
    await db.deleteFrom('model_draft').where('id', '=', draft.id).execute()
    if (product.current_version_id === null) {
      await db.deleteFrom('product_entry').where('product_id', '=', productId).execute()
      await db.deleteFrom('product').where('id', '=', productId).execute()
    } else {
      await touch(platform, product)
      await noteEntry(platform, {
        productId,
        kind: 'discarded',
        author,
        data: { version: draft.version, fileName: draft.file_name },
      })
    }
    await platform.record('model.draft-discarded', { productId })
    await platform.audit.write({
      action: 'product.draft-discarded',
      target: { kind: 'product', id: productId },
      before: { version: draft.version },
    })
  })
}

interface Publication extends Edit {
  /** why, in one line */
  reason: string
  acceptWarnings: boolean
}

/**
 * Makes the draft the version that visitors configure. Fails with 412 where somebody changed the product meanwhile, with
 * `checks-failed`, and with `warnings-not-accepted` (409) while warnings are not accepted.
 */
export async function publishDraft(platform: Platform, author: Account, { productId, revision, ...given }: Publication) {
  await platform.database.transaction(async () => {
    const product = await lockedProduct(platform, productId, revision)
    const draft = await lockedDraft(platform, productId)
    const errors = draft.findings.filter(({ severity }) => severity === 'error')
    if (errors.length > 0) throw checksFailed(errors)
    if (draft.findings.length > 0 && !given.acceptWarnings) throw warningsNotAccepted(draft.findings.length)
    await platform.database.db<ProductTables>().deleteFrom('model_draft').where('id', '=', draft.id).execute()
    await publishAudited(platform, product, {
      id: draft.presentation.modelId,
      version: draft.version,
      json: JSON.stringify(draft.model),
      presentation: draft.presentation,
      notes: draft.notes,
      sourceFormat: draft.source_format,
      author,
      reason: given.reason,
    })
  })
}

interface Republication extends Edit {
  modelVersionId: string
  reason: string
}

/** Publishes an earlier version once more, as a new version: what happened in between stays in the history. */
export async function publishAgain(platform: Platform, author: Account, { productId, modelVersionId, ...given }: Republication) {
  await platform.database.transaction(async () => {
    const product = await lockedProduct(platform, productId, given.revision)
    const earlier = await platform.database
      .db<ProductTables>()
      .selectFrom('model_version')
      .selectAll()
      .where('id', '=', modelVersionId)
      .where('product_id', '=', productId)
      .executeTakeFirst()
    if (!earlier?.presentation) throw notFound({ 'zh-CN': '模型版本', en: 'model version' })
    await publishAudited(platform, product, {
      id: earlier.presentation.modelId,
      version: earlier.version,
      json: JSON.stringify(earlier.model),
      presentation: earlier.presentation,
      notes: earlier.notes,
      sourceFormat: earlier.source_format,
      author,
      reason: given.reason,
      again: earlier.version,
    })
  })
}

async function publishAudited(
  platform: Platform,
  product: Product,
  input: ProvedModel & Authorship & { again?: string },
): Promise<void> {
  const { version } = await writeVersion(platform, product, { ...input, publish: true })
  await platform.audit.write({
    action: 'product.model-published',
    target: { kind: 'product', id: product.id },
    after: { version, ...(input.again === undefined ? {} : { again: input.again }) },
    ...(input.reason ? { reason: input.reason } : {}),
  })
}

/** 412 where the product is no longer at the revision the editor saw. */
async function lockedProduct(platform: Platform, productId: string, revision?: string): Promise<Product> {
  const product = await lockProduct(platform, productId)
  if (!product) throw notFound({ 'zh-CN': '产品', en: 'product' })
  if (revision !== undefined && String(product.revision) !== revision) throw changedMeanwhile()
  return product
}

async function lockedDraft(platform: Platform, productId: string) {
  const query = platform.database.db<ProductTables>().selectFrom('model_draft').selectAll().where('product_id', '=', productId)
  const draft = await query.forUpdate().executeTakeFirst()
  if (!draft)
    throw conflict(
      'no-draft',
      { 'zh-CN': '此产品没有草稿。', en: 'This product has no draft.' },
      { 'zh-CN': '请先导入模型文件。', en: 'Import a model file first.' },
    )
  return draft
}

/** What the models of a product are called; null where it has none yet. */
async function modelIdOf(platform: Platform, { id, current_version_id }: Product): Promise<string | null> {
  if (current_version_id !== null) return (await modelOf(platform.database, current_version_id)).id
  const query = platform.database
    .db<ProductTables>()
    .selectFrom('model_draft')
    .select('presentation')
    .where('product_id', '=', id)
  return (await query.executeTakeFirst())?.presentation.modelId ?? null
}

async function touch(platform: Platform, { id, revision }: Product): Promise<void> {
  await platform.database
    .db<ProductTables>()
    .updateTable('product')
    .set({ revision: revision + 1, updated_at: platform.now() })
    .where('id', '=', id)
    .execute()
  await platform.live.publish('products', id)
}
