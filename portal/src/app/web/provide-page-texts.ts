import { languageOfPath, provideTexts } from '#platform/core'
import type { TextsPart } from '../texts.ts'

const modules = {
  'zh-CN': {
    pages: () => import('virtual:texts/zh-CN'),
    account: () => import('virtual:texts/zh-CN/account'),
    documents: () => import('virtual:texts/zh-CN/documents'),
    explorer: () => import('virtual:texts/zh-CN/explorer'),
    console: () => import('virtual:texts/zh-CN/console'),
  },
  en: {
    pages: () => import('virtual:texts/en'),
    account: () => import('virtual:texts/en/account'),
    documents: () => import('virtual:texts/en/documents'),
    explorer: () => import('virtual:texts/en/explorer'),
    console: () => import('virtual:texts/en/console'),
  },
}

/** Makes texts of the page's language known in the browser. The server knows all from its start. */
export async function providePageTexts(part: Exclude<TextsPart, 'embed'>): Promise<void> {
  const language = languageOfPath(location.pathname)
  provideTexts(language, (await modules[language][part]()).default)
}
