import { type Language, pathIn } from '#platform/core'

/** Kinds of pages, and where each stands. */
export const pageKinds = ['home', 'page', 'news', 'case'] as const
export type PageKind = (typeof pageKinds)[number]

/** Kinds that have a list of their own. */
export const articleKinds = ['news', 'case'] as const
export type ArticleKind = (typeof articleKinds)[number]
export const listPaths = { news: '/news', case: '/cases' } as const satisfies Record<ArticleKind, string>

/** Path of a page without language: '/about', '/news/new-works'. */
export function pathOf(kind: PageKind, slug: string): string {
  switch (kind) {
    case 'home':
      return '/'
    case 'page':
      return `/${slug}`
    default:
      return `${listPaths[kind]}/${slug}`
  }
}

/** Where a link of a page leads who reads it in this language: pages of the portal are there in each, its API and what is elsewhere are not. */
export const addressIn = (language: Language, href: string): string =>
  href.startsWith('/') && !href.startsWith('/api/') ? pathIn(language, href) : href

/** Lower-case words joined by hyphens. */
export const isSlug = (text: string): boolean => text.length <= 60 && /^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(text)

/** First parts of addresses that are the portal's own, or will be: no page may stand there. */
export const takenSlugs: ReadonlySet<string> = new Set(
  [
    'account api assets brand c cases claim configure console content documents downloads en events explorer feed fonts forgot health healthz imprint',
    'inquiries join legal live metrics models news offers pictures preview privacy problems products ready readyz reset robots search',
    'set-up sign-in sign-up sitemap verify zh zh-cn',
  ].flatMap(line => line.split(' ')),
)

/** A slug from an English title: 'Our works in Suzhou' -> 'our-works-in-suzhou'. Empty where nothing of it can stand in one. */
export const slugFrom = (title: string): string =>
  title
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 60)
    .replace(/^-|-$/g, '')
