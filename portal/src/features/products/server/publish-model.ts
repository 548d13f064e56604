import { compile, type Model, type ModelError } from '@fettle/engine'
import type { Platform } from '#platform/server'
import { keepDraft } from './drafts.ts'
import { modelInvalid } from './model-problems.ts'
import { presentationOf } from './presentation.ts'
import type { Authorship } from './product-entries.ts'
import { readModelApart } from './read-model-apart.ts'
import type { ModelFile, TellProgress } from './read-model-file.ts'
import type { ProductTables } from './tables.ts'
import { lockProduct, type Placing, type ProvedModel, writeVersion } from './write-version.ts'

interface ImportedFile extends ModelFile, Authorship {
  /** false: keeps it as the draft of its product, which visitors do not notice */
  publish: boolean
  tell?: TellProgress | undefined
}

export interface ImportedModel {
  productId: string
  slug: string
  version: string
  /** what of the file could not be expressed */
  notes: ModelError[]
}

/**
 * Reads a model file, proves that the model can be configured, and makes it the current version of its product, or the draft beside
 * it; a model id not seen before becomes a new product. Nothing is written when anything is wrong: `model-invalid` names every error
 * by its place in the file, an example that does not hold among them where it is to be published; `model-too-hard`.
 */
export async function publishModelFile(
  platform: Platform,
  { publish, author, reason, tell, ...file }: ImportedFile,
): Promise<ImportedModel> {
  const read = await readModelApart({ ...file, languages: platform.languages.offered() }, undefined, tell)
  if (!read.ok) throw modelInvalid(file.fileName, read.errors)
  const stopping = read.findings.filter(({ severity }) => severity === 'error')
  if (publish && stopping.length > 0) throw modelInvalid(file.fileName, stopping)
  return platform.database.transaction(async () => {
    const product = await productFor(platform, { modelId: read.id })
    if (!publish) {
      await keepDraft(platform, product, { ...read, fileName: file.fileName, author })
      return { productId: product.id, slug: product.slug, version: read.version, notes: read.notes }
    }
    const { version } = await writeAudited(platform, product, { ...read, publish, author, reason })
    return { productId: product.id, slug: product.slug, version, notes: read.notes }
  })
}

interface ModelToPublish extends Placing {
  model: Model
  sourceFormat: string
  /** default: made of the model id */
  slug?: string
}

/** As publishModelFile, for a model that is at hand and need not be asked what its examples say. */
export async function publishModel(platform: Platform, { model, slug, ...input }: ModelToPublish): Promise<ImportedModel> {
  const result = compile(model)
  if (!result.ok) throw modelInvalid(model.id, result.errors)
  const proved = {
    id: model.id,
    version: model.version,
    json: JSON.stringify(model),
    presentation: presentationOf(result.compiled),
    notes: [],
  }
  return platform.database.transaction(async () => {
    const product = await productFor(platform, { modelId: model.id, slug, position: input.position })
    const { version } = await writeAudited(platform, product, { ...input, ...proved })
    return { productId: product.id, slug: product.slug, version, notes: [] }
  })
}

async function writeAudited(
  platform: Platform,
  product: NonNullable<Awaited<ReturnType<typeof lockProduct>>>,
  input: ProvedModel & Placing & Authorship,
) {
  const written = await writeVersion(platform, product, input)
  await platform.audit.write({
    action: 'product.imported',
    target: { kind: 'product', id: product.id },
    after: { version: written.version, published: input.publish || product.status === 'published' },
    facts: { sourceFormat: input.sourceFormat },
  })
  return written
}

interface WantedProduct {
  modelId: string
  slug?: string | undefined
  position?: number | undefined
}

/** The product of that address, locked; a new one where it is free. */
async function productFor(platform: Platform, { modelId, slug = slugOf(modelId), position = 100 }: WantedProduct) {
  const now = platform.now()
  const db = platform.database.db<ProductTables>()
  await db
    .insertInto('product')
    .values({
      id: platform.newId(),
      slug,
      position,
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
  const { id } = await db.selectFrom('product').select('id').where('slug', '=', slug).executeTakeFirstOrThrow()
  return (await lockProduct(platform, id))!
}

const slugOf = (modelId: string): string =>
  modelId
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 80)
    .replace(/-$/, '') || 'product'
