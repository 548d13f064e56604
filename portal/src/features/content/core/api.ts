import { z } from 'zod'
import { endpoint, type LocalizedText } from '#platform/core'
import { articleKinds, pageKinds } from './address.ts'
import { pageDocument } from './document.ts'

const localizedText = z.object({ 'zh-CN': z.string(), en: z.string() }) satisfies z.ZodType<LocalizedText>

/** A picture as it is kept: px of the largest, and the widths there are. */
export const pictureFacts = z.object({
  hash: z.string(),
  width: z.number().int(),
  height: z.number().int(),
  widths: z.array(z.number().int()),
})
export type PictureFacts = z.output<typeof pictureFacts>

const article = z.object({
  /** without language: '/news/new-works' */
  path: z.string(),
  title: localizedText,
  summary: localizedText,
  /** YYYY-MM-DD; '' where it says none */
  day: z.string(),
  picture: pictureFacts.extend({ alt: localizedText }).nullable(),
})
export type ArticleSummary = z.output<typeof article>

export const shownPage = z.object({
  kind: z.enum(pageKinds),
  path: z.string(),
  /** texts given in one language stand for both */
  document: pageDocument,
  /** by id; one that is gone is missing */
  pictures: z.record(z.string(), pictureFacts),
  /** what its blocks list, newest first */
  articles: z.object({ news: z.array(article), case: z.array(article) }),
  /** ISO 8601, UTC; null in a preview of what was never published */
  firstShownAt: z.string().nullable(),
  changedAt: z.string(),
})
export type ShownPage = z.output<typeof shownPage>

const slug = z.string().min(1).max(80)

export const showPage = endpoint({
  id: 'content.showPage',
  method: 'GET',
  path: '/content/shown/{kind}/{slug}',
  summary: 'A published page of the manufacturer: a page of its own, an article or a case',
  access: 'public',
  params: z.object({ kind: z.enum(['page', ...articleKinds]), slug }),
  result: shownPage,
})

export const showHome = endpoint({
  id: 'content.showHome',
  method: 'GET',
  path: '/content/home',
  summary: "The manufacturer's own home page; null where the portal's stands",
  access: 'public',
  result: z.object({ page: shownPage.nullable() }),
})

export const listArticles = endpoint({
  id: 'content.listArticles',
  method: 'GET',
  path: '/content/articles/{kind}',
  summary: 'Published news or cases, newest first',
  access: 'public',
  params: z.object({ kind: z.enum(articleKinds) }),
  query: z.object({
    page: z.coerce.number().int().min(1).max(1000).default(1),
    limit: z.coerce.number().int().min(1).max(50).default(12),
  }),
  result: z.object({ items: z.array(article), total: z.number().int() }),
})

/** href: path without language, or an https address */
const link = z.object({ title: localizedText, href: z.string() })
/** href: null where an entry only holds others */
const shownMenu = z.array(link.extend({ href: z.string().nullable(), children: z.array(link) }))
export type ShownMenu = z.output<typeof shownMenu>

export const showMenus = endpoint({
  id: 'content.showMenus',
  method: 'GET',
  path: '/content/menus',
  summary: 'Header and footer as visitors see them; null: those the portal has by itself',
  access: 'public',
  result: z.object({ header: shownMenu.nullable(), footer: shownMenu.nullable() }),
})
