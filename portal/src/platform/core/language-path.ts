import { defaultLanguage, type Language } from './language.ts'

/** A page's address in a language: '/products' is Chinese, '/en/products' English. Query and fragment stay. */
export function pathIn(language: Language, path: string): string {
  const bare = barePath(path)
  if (language === defaultLanguage) return bare
  return bare === '/' ? '/en' : bare.startsWith('/?') || bare.startsWith('/#') ? `/en${bare.slice(1)}` : `/en${bare}`
}

/** The language a path is in. */
export const languageOfPath = (path: string): Language => (/^\/en(?=$|[/?#])/.test(path) ? 'en' : defaultLanguage)

/** The path without its language prefix. It begins with one slash: with two it would name another host. */
export const barePath = (path: string): string => `/${path.replace(/^\/en(?=$|[/?#])/, '').replace(/^[/\\]+/, '')}`
