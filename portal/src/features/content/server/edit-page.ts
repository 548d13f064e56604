import { sql } from 'kysely'
import { readManufacturer } from '#features/manufacturer/server'
import { defaultLanguage } from '#platform/core'
import { type Account, changedMeanwhile, invalid, type Platform } from '#platform/server'
import { emptyDocument, type PageDocument, type PageKind, saidIn, slugLacks, wallTime } from '../core/index.ts'
import { addressTaken, homeTaken, mostPages, noSuchPage, pageShown, tooManyPages } from './problems.ts'
import type { ContentTables } from './tables.ts'

interface NewPage {
  kind: PageKind
  title: PageDocument['title']
  slug: string
  /** a page whose content it begins with */
  like?: string | undefined
}

/** Begins a page that nobody sees yet; answers its id. 409 where its address is taken, 422 where it can be none. */
export async function createPage(platform: Platform, actor: Pick<Account, 'id'> | null, page: NewPage): Promise<string> {
  const { kind, title } = page
  const slug = kind === 'home' ? '' : page.slug
  demandSlug(kind, slug)
  return platform.database.transaction(async () => {
    const db = await locked(platform)
    const { count } = await db.selectFrom('content_page').select(sql<number>`count(*)::int`.as('count')).executeTakeFirstOrThrow()
    if (count >= mostPages) throw tooManyPages()
    const id = platform.newId()
    await demandFree(platform, id, kind, slug)
    const model = page.like
      ? await db.selectFrom('content_page').select('draft').where('id', '=', page.like).executeTakeFirst()
      : undefined
    if (page.like && !model) throw noSuchPage()
    const now = platform.now()
    const { timeZone } = await readManufacturer(platform.database)
    const day = kind === 'news' ? wallTime(now, timeZone).slice(0, 10) : ''
    const document = { ...(model?.draft ?? emptyDocument(slug)), slug, title, day }
    await db
      .insertInto('content_page')
      .values({
        id,
        kind,
        slug,
        draft: JSON.stringify(document),
        revision: 1,
        changed_by: actor?.id ?? null,
        changed_at: now,
        created_at: now,
      })
      .execute()
    await platform.audit.write({ action: 'page.created', target: { kind: 'page', id }, after: { kind, slug } })
    return id
  })
}

interface Edit {
  pageId: string
  /** the revision the editor saw */
  revision: string
}

/** Keeps what is being written. 412 where somebody was faster. */
export async function saveDraft(platform: Platform, actor: Account, edit: Edit & { document: PageDocument }): Promise<void> {
  await platform.database.transaction(async () => {
    const page = await lockedPage(platform, edit)
    const document = { ...edit.document, slug: page.kind === 'home' ? '' : edit.document.slug }
    demandSlug(page.kind, document.slug)
    await demandFree(platform, page.id, page.kind, document.slug)
    await writeDraft(platform, actor, page, document)
  })
}

/** Goes back to what is shown; where nothing is, to the last version; where there never was one, to an empty page. */
export async function discardDraft(platform: Platform, actor: Account, edit: Edit): Promise<void> {
  await platform.database.transaction(async () => {
    const page = await lockedPage(platform, edit)
    let query = platform.database
      .db<ContentTables>()
      .selectFrom('content_version')
      .select('document')
      .where('page_id', '=', page.id)
      .orderBy('number', 'desc')
    if (page.shown_version_id) query = query.where('id', '=', page.shown_version_id)
    const version = await query.executeTakeFirst()
    const document = version?.document ?? {
      ...emptyDocument(page.slug, page.draft.day),
      title: page.draft.title,
    }
    await demandFree(platform, page.id, page.kind, document.slug)
    await writeDraft(platform, actor, page, document)
  })
}

/** Lets the draft say what a version said; 404 where the page has no such version. */
export async function restoreVersion(platform: Platform, actor: Account, edit: Edit & { versionId: string }): Promise<void> {
  await platform.database.transaction(async () => {
    const page = await lockedPage(platform, edit)
    const version = await platform.database
      .db<ContentTables>()
      .selectFrom('content_version')
      .select('document')
      .where('page_id', '=', page.id)
      .where('id', '=', edit.versionId)
      .executeTakeFirst()
    if (!version) throw noSuchPage()
    await demandFree(platform, page.id, page.kind, version.document.slug)
    await writeDraft(platform, actor, page, version.document)
  })
}

/** Removes a page with its history; 409 while it is shown, or waits to be. */
export async function removePage(platform: Platform, edit: Edit): Promise<void> {
  await platform.database.transaction(async () => {
    const page = await lockedPage(platform, edit)
    if (page.shown_version_id || page.publish_at) throw pageShown()
    await platform.database.db<ContentTables>().deleteFrom('content_page').where('id', '=', page.id).execute()
    await platform.audit.write({
      action: 'page.removed',
      target: { kind: 'page', id: page.id },
      before: { kind: page.kind, slug: page.slug, title: saidIn(page.draft.title, defaultLanguage) },
    })
    await platform.live.publish('pages', 'content')
  })
}

/** The page under a lock that one editor at a time holds, for all pages: an address belongs to one of them. */
export async function lockedPage(platform: Platform, { pageId, revision }: Edit) {
  const db = await locked(platform)
  const page = await db.selectFrom('content_page').selectAll().where('id', '=', pageId).executeTakeFirst()
  if (!page) throw noSuchPage()
  if (String(page.revision) !== revision) throw changedMeanwhile()
  return page
}

type LockedPage = Awaited<ReturnType<typeof lockedPage>>

async function writeDraft(platform: Platform, actor: Account, page: LockedPage, document: PageDocument): Promise<void> {
  await platform.database
    .db<ContentTables>()
    .updateTable('content_page')
    .set({
      slug: document.slug,
      draft: JSON.stringify(document),
      revision: page.revision + 1,
      changed_by: actor.id,
      changed_at: platform.now(),
    })
    .where('id', '=', page.id)
    .execute()
  await platform.audit.write({
    action: 'page.changed',
    target: { kind: 'page', id: page.id },
    facts: { blocks: document.blocks.length },
    ...(page.slug === document.slug ? {} : { before: { slug: page.slug }, after: { slug: document.slug } }),
  })
}

export async function locked({ database }: Platform) {
  const db = database.db<ContentTables>()
  await sql`lock table content_page in share row exclusive mode`.execute(db)
  return db
}

function demandSlug(kind: PageKind, slug: string): void {
  const wrong = slugLacks(kind, slug)
  if (wrong.length > 0) throw invalid(wrong)
}

/** No other page is there, will be, or is being written for it. */
export async function demandFree({ database }: Platform, pageId: string, kind: PageKind, slug: string): Promise<void> {
  const other = await database
    .db<ContentTables>()
    .selectFrom('content_page as p')
    .leftJoin('content_version as v', 'v.id', 'p.next_version_id')
    .select('p.id')
    .where('p.id', '!=', pageId)
    .where('p.kind', '=', kind)
    .where(eb => eb.or([eb('p.slug', '=', slug), eb('p.shown_slug', '=', slug), eb(sql`v.document->>'slug'`, '=', slug)]))
    .executeTakeFirst()
  if (other) throw kind === 'home' ? homeTaken() : addressTaken(slug)
}
