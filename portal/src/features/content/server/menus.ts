import { sql } from 'kysely'
import { hasPublicDocuments } from '#features/documents/server'
import { listProducts } from '#features/products/server'
import { inBothLanguages, type LocalizedText } from '#platform/core'
import { type Account, changedMeanwhile, type Database, type Platform } from '#platform/server'
import {
  articleKinds,
  type EditedMenus,
  isSaid,
  listPaths,
  type MenuEntry,
  type MenuLeaf,
  type Menus,
  type MenuTarget,
  type PortalPlace,
  pathOf,
  placeNames,
  type ShownMenu,
  usualMenus,
} from '../core/index.ts'
import { listPages } from './read-pages.ts'
import type { ContentTables } from './tables.ts'

type Link = ShownMenu[number]['children'][number]

/**
 * Header and footer as visitors see them; null: those the portal has by itself. What is not published is left out, lists and downloads
 * while there are none too, and an entry that only holds others where none is left, or where it has no name of its own.
 */
export async function showMenus(platform: Platform): Promise<{ header: ShownMenu | null; footer: ShownMenu | null }> {
  const { menus } = await readMenus(platform.database)
  if (!menus) return { header: null, footer: null }
  const known = await destinations(platform, menus)
  const links = (entries: MenuEntry[]): ShownMenu =>
    entries.flatMap(entry => {
      const own = linkOf(entry, known)
      const children = entry.children.flatMap(child => linkOf(child, known) ?? [])
      const holds = children.length > 0 && isSaid(entry.title)
      return own || holds ? [{ href: null, title: inBothLanguages(entry.title), ...own, children }] : []
    })
  return { header: links(menus.header), footer: links(menus.footer) }
}

/** menus: null where nobody has changed them. */
async function readMenus(database: Database): Promise<{ menus: Menus | null; revision: number }> {
  const row = await database
    .db<ContentTables>()
    .selectFrom('content_menu')
    .select(['header', 'footer', 'revision'])
    .executeTakeFirst()
  if (!row) return { menus: null, revision: 0 }
  const { header, footer, revision } = row
  return { menus: header.length + footer.length > 0 ? { header, footer } : null, revision }
}

export async function menusToEdit(database: Database): Promise<{ value: EditedMenus; etag: string }> {
  const [{ menus, revision }, pages, products] = await Promise.all([
    readMenus(database),
    listPages(database, {}),
    listProducts(database, 'staff'),
  ])
  return {
    value: {
      menus: menus ?? usualMenus,
      usual: menus === null,
      pages: pages
        .filter(({ kind }) => kind !== 'home')
        .map(({ id, title, shownPath }) => ({ id, title, shown: shownPath !== null })),
      products: products.map(({ slug, name }) => ({ slug, name })),
    },
    etag: String(revision),
  }
}

/** Says what stands in header and footer; null: what the portal has by itself. 412 where somebody was faster. */
export async function saveMenus(
  platform: Platform,
  actor: Pick<Account, 'id'>,
  { menus, revision }: { menus: Menus | null; revision: string },
): Promise<void> {
  await platform.database.transaction(async () => {
    // the table, since there is no row to lock before menus are saved for the first time
    await sql`lock table content_menu in share row exclusive mode`.execute(platform.database.db<ContentTables>())
    const before = await readMenus(platform.database)
    if (String(before.revision) !== revision) throw changedMeanwhile()
    await writeMenus(platform, menus)
    await platform.record('menus.changed', { by: actor.id })
    const said = (some: Menus | null) => (some ? { header: some.header, footer: some.footer } : { header: null, footer: null })
    await platform.audit.write({
      action: 'menus.changed',
      target: { kind: 'menus', id: 'menus' },
      before: said(before.menus),
      after: said(menus),
    })
  })
}

/** Puts these menus in place of those there are. */
export async function writeMenus(platform: Platform, menus: Menus | null): Promise<void> {
  const { header, footer } = menus ?? { header: [], footer: [] }
  const values = { header: JSON.stringify(header), footer: JSON.stringify(footer), updated_at: platform.now() }
  await platform.database
    .db<ContentTables>()
    .insertInto('content_menu')
    .values({ ...values, revision: 1 })
    .onConflict(conflict =>
      conflict.column('only_one').doUpdateSet(eb => ({ ...values, revision: eb('content_menu.revision', '+', 1) })),
    )
    .execute()
  await platform.live.publish('pages', 'menus')
}

interface Destinations {
  pages: Map<string, Link>
  products: Map<string, Link>
  /** places of the portal where there is nothing yet */
  empty: Set<string>
}

/** What pages and products of the menus are called and where they stand. */
async function destinations(platform: Platform, menus: Menus): Promise<Destinations> {
  const { database } = platform
  const leaves = [...menus.header, ...menus.footer].flatMap(entry => [entry, ...entry.children])
  const ids = leaves.flatMap(({ target }) => (target.kind === 'page' ? target.pageId : []))
  const pages = ids.length > 0 ? await shownPages(database, ids) : []
  const products = leaves.some(({ target }) => target.kind === 'product') ? await listProducts(database, 'stranger') : []
  return {
    empty: new Set(await emptyPlaces(platform)),
    pages: new Map(pages),
    products: new Map(products.map(({ slug, name }) => [slug, { title: name, href: `/products/${slug}` }])),
  }
}

async function shownPages(database: Database, ids: string[]): Promise<[string, Link][]> {
  const rows = await database
    .db<ContentTables>()
    .selectFrom('content_page as p')
    .innerJoin('content_version as v', 'v.id', 'p.shown_version_id')
    .select(['p.id', 'p.kind', 'p.shown_slug', sql<LocalizedText>`v.document->'title'`.as('title')])
    .where('p.id', 'in', ids)
    .execute()
  return rows.map(({ id, kind, shown_slug, title }) => [id, { title: inBothLanguages(title), href: pathOf(kind, shown_slug!) }])
}

async function emptyPlaces(platform: Platform): Promise<PortalPlace[]> {
  const rows = await platform.database
    .db<ContentTables>()
    .selectFrom('content_page')
    .select('kind')
    .distinct()
    .where('kind', 'in', articleKinds)
    .where('shown_version_id', 'is not', null)
    .execute()
  const lists = articleKinds.filter(one => rows.every(({ kind }) => kind !== one)).map(kind => listPaths[kind])
  return (await hasPublicDocuments(platform)) ? lists : [...lists, '/downloads']
}

function linkOf({ title, target }: MenuLeaf, known: Destinations): Link | null {
  const found = placeOf(target, known)
  if (!found) return null
  return { href: found.href, title: isSaid(title) ? inBothLanguages(title) : found.title }
}

function placeOf(target: MenuTarget, { pages, products, empty }: Destinations): Link | null {
  switch (target.kind) {
    case 'page':
      return pages.get(target.pageId) ?? null
    case 'product':
      return products.get(target.slug) ?? null
    case 'portal':
      return empty.has(target.path) ? null : { href: target.path, title: placeNames[target.path] }
    case 'outside':
      return { href: target.url, title: { 'zh-CN': target.url, en: target.url } }
    case 'nowhere':
      return null
    default:
      return target satisfies never
  }
}
