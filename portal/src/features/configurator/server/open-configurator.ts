import { type Compiled, compile, type Model } from '@fettle/engine'
import { getVersionModel, modelPath, type PriceReader, withoutPrices } from '#features/products/core'
import { findDraft, getProduct, modelOf, presentationIn } from '#features/products/server'
import { fillPath } from '#platform/core'
import type { Database } from '#platform/server'
import { decodeDecisions, firstGlance, type Opening, open, outlineOf, viewOf } from '../core/index.ts'
import { readConfiguration } from './read-configuration.ts'

interface Link {
  /** decisions as encodeDecisions writes them */
  c?: string | undefined
  /** token of a saved configuration */
  from?: string | undefined
  /** id of the step on show */
  s?: string | undefined
}

/** What the configurator's page needs to be drawn: the product, and its configuration as far as it is quickly told. 404: no such product. */
export async function openConfigurator(database: Database, slug: string, link: Link, reader: PriceReader): Promise<Opening> {
  const { name, modelVersionId, modelVersion, prices } = await getProduct(database, slug, reader)
  // A link whose configuration is gone, or was of another product, says so and starts from standard.
  const saved = link.from ? await readConfiguration(database, link.from, reader).catch(() => null) : null
  const linked = link.from ? (saved?.productSlug === slug ? saved.decisions : null) : decodeDecisions(link.c ?? '')
  const product = {
    slug,
    name,
    modelVersionId,
    modelVersion,
    prices,
    modelPath: modelPath(modelVersionId, prices),
    wished: linked ?? [],
    unreadable: linked === null,
    linkVersion: saved?.modelVersion ?? null,
  }
  return openingOf(product, {
    model: () => modelOf(database, modelVersionId),
    presentation: () => presentationIn(database, modelVersionId),
    step: link.s ?? null,
  })
}

/** The same of the draft of a product, from standard, for staff. Only its staff-only address gives the model to the engine's thread. */
export async function openPreview(database: Database, productId: string): Promise<Opening> {
  const draft = await findDraft(database, productId)
  const { id: modelVersionId, model, presentation } = draft
  const product = {
    slug: draft.slug,
    name: presentation.name,
    modelVersionId,
    modelVersion: draft.version,
    prices: 'shown' as const,
    modelPath: `/api/v1${fillPath(getVersionModel.path, { productId, modelVersionId })}`,
    wished: [],
    unreadable: false,
    linkVersion: null,
  }
  return openingOf(product, { model: async () => model, presentation: async () => presentation, step: null })
}

interface Source {
  model(): Promise<Model>
  presentation(): Promise<Awaited<ReturnType<typeof presentationIn>>>
  step: string | null
}

async function openingOf(product: Omit<Opening, 'outline' | 'view' | 'misfits'>, source: Source): Promise<Opening> {
  const { wished } = product
  const priced = product.prices === 'shown'
  const known = await knownModel(product.modelVersionId, priced, source.model)
  if (known.compiled === null || wished.length > mostDecisions) {
    const { selection, startingPrice, spec } = await source.presentation()
    const standard = { selection, price: priced ? startingPrice : null, facts: spec.filter(line => line.headline) }
    return { ...product, ...firstGlance(known.outline, standard, wished, source.step), misfits: [] }
  }
  const { configuring, misfits } = open(known.compiled, wished)
  return { ...product, outline: known.outline, view: viewOf(configuring), misfits }
}

/** Of what is larger the engine's thread in the browser makes the view, so that nobody waits here for one visitor's model. */
const mostOptions = 500
const mostRules = 2000
const mostDecisions = 100
/** ms that making a model ready may take without being left to the browser from then on */
const patience = 500

interface KnownModel {
  outline: Opening['outline']
  /** null: too large to be worked on here */
  compiled: Compiled | null
}

/** Model versions and drafts never change; with and without prices they are two. The least recently used leaves first. */
const kept = new Map<string, Promise<KnownModel>>()
const keepAtMost = 20

function knownModel(modelVersionId: string, priced: boolean, model: Source['model']): Promise<KnownModel> {
  const key = `${modelVersionId} ${priced}`
  const known = kept.get(key) ?? model().then(whole => ready(priced ? whole : withoutPrices(whole)))
  kept.delete(key)
  kept.set(key, known)
  known.catch(() => kept.delete(key)) // a database that was away must not be remembered
  const oldest = kept.keys().next().value
  if (kept.size > keepAtMost && oldest !== undefined) kept.delete(oldest)
  return known
}

function ready(model: Model): KnownModel {
  const outline = outlineOf(model)
  if (optionsIn(model) > mostOptions || model.constraints.length > mostRules) return { outline, compiled: null }
  const started = performance.now()
  const result = compile(model)
  if (!result.ok) throw new Error(`Stored model ${model.id} no longer compiles: ${result.errors[0]?.message.en}`)
  const { configuring } = open(result.compiled, [])
  viewOf(configuring)
  return { outline, compiled: performance.now() - started > patience ? null : result.compiled }
}

const optionsIn = ({ groups }: Model) =>
  groups.reduce((sum, group) => sum + ('options' in group ? group.options.length : group.kind === 'yes-no' ? 1 : 0), 0)
