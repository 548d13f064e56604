import { getManufacturer, type ManufacturerProfile } from '#features/manufacturer/core'
import { listProducts } from '#features/products/core'
import type { Api, Language } from '#platform/core'
import type { ShownPage } from '../core/index.ts'
import type { Surroundings } from './page-body.tsx'
import { publicWords } from './words.ts'

export interface PageData extends Surroundings {
  maker: Omit<ManufacturerProfile, 'imprint'>
  language: Language
  origin: string
}

/** What a page needs beside itself; in a loader. */
export async function readSurroundings(calls: Api, page: ShownPage, language: Language, origin: string): Promise<PageData> {
  const lists = page.document.blocks.some(({ kind }) => kind === 'products')
  const [maker, { items }] = await Promise.all([
    calls.call(getManufacturer, {}),
    lists ? calls.call(listProducts, {}) : { items: [] },
  ])
  return { page, products: items, words: publicWords(language), email: maker.email, maker, language, origin }
}
