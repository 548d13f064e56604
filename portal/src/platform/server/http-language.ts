import { isLanguage, type Language, languageOfPath, languages, negotiateLanguage } from '#platform/core'

/**
 * The reader's language: the one there is, where the portal speaks no other. Else a page's is in its path (`/…` Chinese, `/en/…` English); an API call names it by `?lang` or
 * Accept-Language, and the cookie `lang` counts for a call that names none.
 */
export function requestLanguage(
  url: URL,
  headers: { get(name: string): string | null },
  offered: readonly Language[] = languages,
): Language {
  if (offered.length === 1) return offered[0]!
  const named = url.searchParams.get('lang')
  if (isLanguage(named)) return named
  if (!isUnderApi(url.pathname)) return languageOfPath(url.pathname.replace(/\.data$/, ''))
  const accepted = headers.get('accept-language')
  if (accepted && accepted !== '*') return negotiateLanguage(accepted)
  return cookieLanguage(headers.get('cookie')) ?? negotiateLanguage(null)
}

/** The language the visitor chose last, from the cookie that `?lang=` sets. */
export function cookieLanguage(cookie: string | null): Language | null {
  const value = /(?:^|;\s*)lang=([\w-]+)/.exec(cookie ?? '')?.[1]
  return isLanguage(value) ? value : null
}

/** The Set-Cookie header that keeps the choice for a year. It tells nothing but the language. */
export const languageCookie = (language: Language): string => `lang=${language}; Path=/; Max-Age=31536000; SameSite=Lax`

const isUnderApi = (path: string) => path === '/api' || path.startsWith('/api/') || path.startsWith('/problems')
