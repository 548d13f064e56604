import { sql } from 'kysely'
import { type Database, latest, notFound, type Platform, type PublicPage } from '#platform/server'
import {
  type ArticleKind,
  type ArticleSummary,
  articleKinds,
  filledIn,
  listPaths,
  type PageDocument,
  type PageKind,
  type PictureFacts,
  pathOf,
  picturesIn,
  type ShownPage,
} from '../core/index.ts'
import { picturesOf } from './pictures.ts'
import type { ContentTables } from './tables.ts'

/** A published page by its address; 404 where there is none. */
export async function showPage(database: Database, kind: PageKind, slug: string): Promise<ShownPage> {
  const page = await findShown(database, kind, slug)
  if (!page) throw notFound({ 'zh-CN': '页面', en: 'page' })
  return page
}

export async function findShown(database: Database, kind: PageKind, slug: string): Promise<ShownPage | null> {
  const row = await shown(database)
    .select(['p.first_shown_at', 'v.shown_at'])
    .where('p.kind', '=', kind)
    .where('p.shown_slug', '=', slug)
    .executeTakeFirst()
  return row ? asShown(database, kind, row.document, { firstShownAt: row.first_shown_at, changedAt: row.shown_at! }) : null
}

/** A document as visitors see it, with all its blocks list. */
export async function asShown(
  database: Database,
  kind: PageKind,
  draft: PageDocument,
  { firstShownAt, changedAt }: { firstShownAt: Date | null; changedAt: Date },
): Promise<ShownPage> {
  const document = filledIn(draft)
  const newest = async (article: ArticleKind, block: 'news' | 'cases') => {
    const most = Math.max(0, ...document.blocks.map(one => (one.kind === block ? Number(one.values.count) : 0)))
    return most === 0 ? [] : (await listArticles(database, article, { page: 1, limit: most })).items
  }
  return {
    kind,
    path: pathOf(kind, document.slug),
    document,
    pictures: await picturesOf(database, picturesIn(document)),
    articles: { news: await newest('news', 'news'), case: await newest('case', 'cases') },
    firstShownAt: firstShownAt?.toISOString() ?? null,
    changedAt: changedAt.toISOString(),
  }
}

/** Published articles, the newest day first. */
export async function listArticles(
  database: Database,
  kind: ArticleKind,
  { page, limit }: { page: number; limit: number },
): Promise<{ items: ArticleSummary[]; total: number }> {
  const all = shown(database).where('p.kind', '=', kind)
  const rows = await all
    .select(['p.shown_slug', sql<number>`(count(*) over ())::int`.as('total')])
    .orderBy(sql`v.document->>'day'`, 'desc')
    .orderBy('p.first_shown_at', 'desc')
    .orderBy('p.id', 'desc')
    .limit(limit)
    .offset((page - 1) * limit)
    .execute()
  const documents = rows.map(({ document }) => filledIn(document))
  const pictures = await picturesOf(
    database,
    documents.flatMap(({ picture }) => (picture ? picture.id : [])),
  )
  return {
    items: rows.map(({ shown_slug }, place) => summaryOf(pathOf(kind, shown_slug!), documents[place]!, pictures)),
    total: rows[0]?.total ?? 0,
  }
}

/** All published pages and the lists of articles, for search engines; the home page stands among those of the products. */
export async function contentPages({ database }: Pick<Platform, 'database'>): Promise<PublicPage[]> {
  const rows = await shown(database)
    .select(['p.kind', 'p.shown_slug', 'v.shown_at'])
    .where('p.kind', '!=', 'home')
    .orderBy('p.id')
    .execute()
  const lists = articleKinds.flatMap(kind => {
    const articles = rows.filter(row => row.kind === kind)
    return articles.length === 0 ? [] : [{ path: listPaths[kind], changedAt: latest(articles.map(({ shown_at }) => shown_at)) }]
  })
  return [...lists, ...rows.map(({ kind, shown_slug, shown_at }) => ({ path: pathOf(kind, shown_slug!), changedAt: shown_at }))]
}

function summaryOf(
  path: string,
  { title, summary, day, picture }: PageDocument,
  facts: Record<string, PictureFacts>,
): ArticleSummary {
  const found = picture && facts[picture.id]
  return { path, title, summary, day, picture: picture && found ? { ...found, alt: picture.alt } : null }
}

const shown = (database: Database) =>
  database
    .db<ContentTables>()
    .selectFrom('content_page as p')
    .innerJoin('content_version as v', 'v.id', 'p.shown_version_id')
    .select('v.document')
