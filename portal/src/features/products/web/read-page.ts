import type { Language } from '#platform/core'
import type { Fact } from './facts.tsx'

/** The words of a product page in one language. */
export interface PageText {
  lead: string | null
  facts: Fact[]
  uses: { title: string; text: string }[]
  starts: { id: string; name: string; text: string; state: string; price: { net: number; currency: string } | null }[]
  documents: { title: string; kind: string; href: string }[]
  questions: { question: string; answer: string }[]
}

export function readPage(_product: { page: unknown }, _language: Language): PageText {
  return { lead: null, facts: [], uses: [], starts: [], documents: [], questions: [] }
}
