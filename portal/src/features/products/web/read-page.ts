import { type Compiled, compile, complete, decideAll, price } from '@fettle/engine'
import { encodeDecisions } from '#features/configurator/core'
import type { Language } from '#platform/core'
import type { PricesTold } from '../core/index.ts'
import { type PageContent, pageContent } from '../core/page-content.ts'

/** The words of a product page in one language, its starting configurations priced. */
export interface PageText {
  lead: string | null
  facts: { label: string; value: string; unit?: string }[]
  uses: { title: string; text: string }[]
  starts: { id: string; name: string; text: string; state: string; price: Net | null }[]
  documents: { title: string; kind: string; href?: string }[]
  questions: { question: string; answer: string }[]
}

interface Net {
  /** minor units; null price: on request */
  net: number
  currency: string
}

/**
 * `model` is asked for only where there are starting configurations to price, of a product whose prices the reader is shown. For loaders.
 */
export async function readPage(
  { page, modelVersionId, prices }: { page: unknown; modelVersionId: string; prices: PricesTold },
  language: Language,
  model: () => Promise<unknown>,
): Promise<PageText> {
  const { success, data } = pageContent.safeParse(page)
  if (!success) return { lead: null, facts: [], uses: [], starts: [], documents: [], questions: [] }
  const compiled = data.starts.length > 0 && prices === 'shown' ? await compiledModel(modelVersionId, model) : null
  return {
    lead: data.lead[language],
    facts: data.facts.map(({ value, unit, label }) => ({
      value,
      label: label[language],
      ...(unit ? { unit: unit[language] } : {}),
    })),
    uses: data.uses.map(({ title, text }) => ({ title: title[language], text: text[language] })),
    starts: data.starts.map(({ id, name, text, decisions }) => ({
      id,
      name: name[language],
      text: text[language],
      state: encodeDecisions(decisions),
      price: compiled && priceOf(compiled, decisions),
    })),
    documents: data.documents.map(({ title, kind, href }) => ({
      title: title[language],
      kind: kind[language],
      ...(href ? { href } : {}),
    })),
    questions: data.questions.map(({ question, answer }) => ({ question: question[language], answer: answer[language] })),
  }
}

/** A model version never changes: the last ones stay compiled. */
const compiledModels = new Map<string, Compiled>()

async function compiledModel(id: string, model: () => Promise<unknown>): Promise<Compiled | null> {
  const known = compiledModels.get(id)
  if (known) return known
  const made = compile(await model())
  if (!made.ok) return null
  if (compiledModels.size >= 8) compiledModels.clear()
  compiledModels.set(id, made.compiled)
  return made.compiled
}

function priceOf(compiled: Compiled, decisions: PageContent['starts'][number]['decisions']): Net | null {
  const { selection } = complete(decideAll(compiled, decisions).state, { goal: 'defaults' })
  if (!selection) return null
  const made = price(compiled, selection)
  return made.status === 'priced' ? { net: made.net, currency: made.currency } : null
}
