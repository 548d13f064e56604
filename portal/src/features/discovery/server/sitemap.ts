import { defaultLanguage, type Language, languages, pathIn } from '#platform/core'
import { escapeHtml, latest, type PublicPage } from '#platform/server'

/** Pages in one file: 50,000 addresses by the protocol (https://www.sitemaps.org/protocol.html), of which each page has one in every language. */
export const pagesInFile = Math.floor(50_000 / languages.length)

/** The sitemap of these pages in the languages that are offered, with dates and pictures. */
export function sitemapXml(origin: string, pages: readonly PublicPage[], offered: readonly Language[]): string {
  return `${declaration}<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml" xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">\n${pages
    .flatMap(page => entries(origin, page, offered))
    .join('\n')}\n</urlset>\n`
}

/** Where the files of a sitemap too large for one are. */
export function sitemapIndexXml(origin: string, pages: readonly PublicPage[], perFile: number): string {
  const files = Array.from({ length: Math.ceil(pages.length / perFile) }, (_, i) => {
    const changed = latest(pages.slice(i * perFile, (i + 1) * perFile).map(({ changedAt }) => changedAt))
    return `<sitemap><loc>${origin}/sitemap-${i + 1}.xml</loc>${lastModified(changed)}</sitemap>`
  })
  return `${declaration}<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n${files.join('\n')}\n</sitemapindex>\n`
}

const declaration = '<?xml version="1.0" encoding="UTF-8"?>\n'

const lastModified = (date: Date | null) => (date ? `<lastmod>${date.toISOString()}</lastmod>` : '')

function entries(origin: string, { path, changedAt, picture }: PublicPage, offered: readonly Language[]): string[] {
  const address = (below: string, language: Language) => escapeHtml(`${origin}${pathIn(language, below)}`)
  const link = (code: string, href: string) => `<xhtml:link rel="alternate" hreflang="${code}" href="${href}"/>`
  const others =
    offered.length > 1
      ? [...offered.map(one => link(one, address(path, one))), link('x-default', address(path, defaultLanguage))]
      : []
  return offered.map(language => {
    const image = picture ? `<image:image><image:loc>${address(picture, language)}</image:loc></image:image>` : ''
    return `<url><loc>${address(path, language)}</loc>${lastModified(changedAt)}${others.join('')}${image}</url>`
  })
}
