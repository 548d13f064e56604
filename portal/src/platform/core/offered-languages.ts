import { type Language, languages } from './language.ts'

let offered: readonly Language[] = languages

/** Makes known to pages which languages the portal speaks. Called where pages are rendered, and where they come alive in a browser. */
export function provideLanguages(spoken: readonly Language[]): void {
  offered = spoken
}

/** The languages a page may lead to. */
export const offeredLanguages = (): readonly Language[] => offered

/** The language a page can be switched to; null where the portal speaks one alone. */
export const otherLanguage = (language: Language): Language | null => offered.find(one => one !== language) ?? null
