import type { HeadersFunction, MetaDescriptor } from 'react-router'
import { defaultLanguage, type Language, offeredLanguages, pathIn } from '#platform/core'

interface PageMeta {
  title: string
  description?: string
  language: Language
  /** path without language: '/products/vmc-850' */
  path: string
  /** originContext */
  origin: string
  /** path or address of the Open Graph picture */
  picture?: string
  /** px; default 1200 × 630 */
  pictureSize?: { width: number; height: number }
  /** 'product' for a product page; default 'website' */
  kind?: 'website' | 'product' | 'article'
  /** brand after the title, and og:site_name */
  brand?: string
  /** schema.org objects */
  jsonLd?: object | object[]
  /** keeps the page out of search engines */
  hidden?: boolean
}

/** What a public page says of itself: title, description, canonical and hreflang links, Open Graph, schema.org. For a route's `meta`. */
export function pageMeta(page: PageMeta): MetaDescriptor[] {
  const { title, description, language, path, origin, picture, pictureSize = usualSize, brand, jsonLd } = page
  const address = (one: Language) => `${origin}${pathIn(one, path)}`
  const graph = [jsonLd ?? []].flat()
  const offered = offeredLanguages()
  const alternates = offered.length > 1 ? [...offered, 'x-default' as const] : []
  return [
    { title: brand && brand !== title ? `${title} · ${brand}` : title },
    ...(description ? [{ name: 'description', content: description }] : []),
    ...(page.hidden
      ? [{ name: 'robots', content: 'noindex' }] // and no address: it may be somebody's secret
      : [
          { tagName: 'link', rel: 'canonical', href: address(language) },
          ...alternates.map(one => ({
            tagName: 'link' as const,
            rel: 'alternate',
            hrefLang: one,
            href: address(one === 'x-default' ? defaultLanguage : one),
          })),
          { property: 'og:url', content: address(language) },
        ]),
    { property: 'og:title', content: title },
    { property: 'og:type', content: page.kind ?? 'website' },
    { property: 'og:locale', content: language === 'en' ? 'en_GB' : 'zh_CN' },
    ...(description ? [{ property: 'og:description', content: description }] : []),
    ...(brand ? [{ property: 'og:site_name', content: brand }] : []),
    ...(picture
      ? [
          { property: 'og:image', content: new URL(picture, origin).href },
          { property: 'og:image:width', content: String(pictureSize.width) },
          { property: 'og:image:height', content: String(pictureSize.height) },
          { name: 'twitter:card', content: 'summary_large_image' },
        ]
      : []),
    ...(graph.length > 0 ? [{ 'script:ld+json': { '@context': 'https://schema.org', '@graph': graph } }] : []),
  ]
}

const usualSize = { width: 1200, height: 630 }

/**
 * `export { stillPage as handle }`: the page is read, not worked on. It is sent without scripts: links lead on, `details` open, and it is
 * there at once on a slow phone.
 */
export const stillPage = { still: true } as const

/** `export { publicPage as headers }`: the page is the same for every visitor who is not signed in, so the portal may keep it. */
export const publicPage: HeadersFunction = () => ({ 'Cache-Control': 'public' })
