import { type Compiled, compile, complete, decideAll, type Model, type Selection } from '@fettle/engine'
import { counterPath, getVersionModel, modelPath, type PriceReader, withoutPrices } from '#features/products/core'
import { findDraft, findVersion, getProduct, modelOf, presentationIn } from '#features/products/server'
import { fillPath } from '#platform/core'
import type { Database } from '#platform/server'
import { decodeDecisions, firstGlance, goneFrom, type Opening, open, outlineOf, viewOf } from '../core/index.ts'
import { readConfiguration } from './read-configuration.ts'

interface Link {
  /** decisions as encodeDecisions writes them */
  c?: string | undefined
  /** token of a saved configuration */
  from?: string | undefined
  /** version of the model the link was made with */
  v?: string | undefined
  /** id of the step on show */
  s?: string | undefined
}

/** What the configurator's page needs to be drawn: the product, and its configuration as far as it is quickly told. 404: no such product. */
export async function openConfigurator(database: Database, slug: string, link: Link, reader: PriceReader): Promise<Opening> {
  const { name, modelVersionId, modelVersion, prices } = await getProduct(database, slug, reader)
  // A link whose configuration is gone, or was of another product, says so and starts from standard.
  const found = link.from ? await readConfiguration(database, link.from, reader).catch(() => null) : null
  const saved = found?.productSlug === slug ? found : null
  const linked = link.from ? (saved?.decisions ?? null) : decodeDecisions(link.c ?? '')
  const product = {
    slug,
    name,
    modelVersionId,
    modelVersion,
    prices,
    modelPath: modelPath(modelVersionId, prices),
    counterPath: counterPath(modelVersionId),
    wished: linked ?? [],
    unreadable: linked === null,
    linkVersion: found?.modelVersion ?? null,
  }
  return openingOf(product, {
    model: () => modelOf(database, modelVersionId),
    configured: () => (saved ? savedBefore(database, product, saved) : linkedBefore(database, product, link.v)),
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
    counterPath: null,
    wished: [],
    unreadable: false,
    linkVersion: null,
  }
  return openingOf(product, {
    model: async () => model,
    configured: async () => null,
    presentation: async () => presentation,
    step: null,
  })
}

interface Source {
  model(): Promise<Model>
  presentation(): Promise<Awaited<ReturnType<typeof presentationIn>>>
  /** what the link meant, where that was another version */
  configured(): Promise<Configured | null>
  step: string | null
}

async function openingOf(
  product: Omit<Opening, 'outline' | 'view' | 'misfits' | 'former' | 'nearest'>,
  source: Source,
): Promise<Opening> {
  const { wished } = product
  const priced = product.prices === 'shown'
  const known = await knownModel(product.modelVersionId, priced, source.model)
  const before = await source.configured()
  const former = before && { selection: before.selection, gone: goneFrom(before.model, before.selection, known.outline.model) }
  if (known.compiled === null || wished.length > mostDecisions) {
    const { selection, startingPrice, spec } = await source.presentation()
    const standard = { selection, price: priced ? startingPrice : null, facts: spec.filter(line => line.headline) }
    return { ...product, former, ...firstGlance(known.outline, standard, wished, source.step), misfits: [], nearest: null }
  }
  const { configuring, misfits, nearest } = open(known.compiled, wished, former)
  return { ...product, former, outline: known.outline, view: viewOf(configuring), misfits, nearest }
}

/** A selection and the model it was made with. */
interface Configured {
  model: Model
  selection: Selection
}

type Now = Pick<Opening, 'slug' | 'modelVersionId' | 'modelVersion' | 'wished'>

/** What was saved with another version. */
async function savedBefore(
  database: Database,
  now: Now,
  saved: { modelVersionId: string; selection: Selection },
): Promise<Configured | null> {
  if (saved.modelVersionId === now.modelVersionId) return null
  return { model: await modelOf(database, saved.modelVersionId), selection: saved.selection }
}

/** Steps that completing the decisions of a link may take. */
const budget = { steps: 20_000 }

/** What another version makes of the decisions of a link, where that is quickly told. */
async function linkedBefore(database: Database, now: Now, version: string | undefined): Promise<Configured | null> {
  if (version === undefined || version === now.modelVersion || version === 'draft' || now.wished.length > mostDecisions)
    return null
  const found = await findVersion(database, now.slug, version)
  if (!found) return null
  const { compiled } = await knownModel(found.id, true, async () => found.model)
  if (!compiled) return null
  const { selection } = complete(decideAll(compiled, now.wished).state, { goal: 'defaults' }, budget)
  return selection && { model: found.model, selection }
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
