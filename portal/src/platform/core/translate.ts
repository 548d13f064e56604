import { createInstance } from 'i18next'
import { defaultLanguage, type Language } from './language.ts'

/** Texts of one language by namespace (a feature's name, or 'platform'), nested by key. */
export type LanguageTexts = Record<string, TextTree>
export interface TextTree {
  readonly [key: string]: string | TextTree
}

export type TextValues = Record<string, string | number | null | undefined>

const i18n = createInstance()
i18n.init({
  initAsync: false,
  lng: defaultLanguage,
  fallbackLng: defaultLanguage,
  resources: {},
  interpolation: { escapeValue: false }, // React and the mail layout escape
  returnNull: false,
})

/** Texts without values, by language and key: most of a page, and the library resolves each key anew. */
const plain = new Map<string, string>()

/** Makes the texts known to `translate`. Called where a program starts: the server with all languages, a browser with its page's. */
export function provideTexts(language: Language, texts: LanguageTexts): void {
  for (const [namespace, tree] of Object.entries(texts)) i18n.addResourceBundle(language, namespace, tree, true, true)
  plain.clear()
}

/** A text by key, `namespace:path.to.key`, with its {{values}} filled in; `count` chooses the plural. A missing text shows its key. */
export function translate(language: Language, key: string, values?: TextValues): string {
  if (values) return i18n.t(key, { lng: language, ...values })
  const known = plain.get(`${language} ${key}`)
  if (known !== undefined) return known
  const text = i18n.t(key, { lng: language })
  if (!key.endsWith(`:${text}`)) plain.set(`${language} ${key}`, text) // what is missing is not remembered
  return text
}
