import { sql } from 'kysely'
import { pagesChanged } from '#features/discovery/server'
import { pageMoved } from '#features/redirects/server'
import { type Account, invalid, type Platform } from '#platform/server'
import { lacks, listPaths, pathOf } from '../core/index.ts'
import { demandFree, locked, lockedPage } from './edit-page.ts'
import { noSuchPage, pageIncomplete } from './problems.ts'
import type { ContentTables } from './tables.ts'

/** Versions of a page that are remembered. */
const mostVersions = 50

interface Publication {
  pageId: string
  revision: string
  /** null: now */
  from: Date | null
  /** null: it stays */
  until: Date | null
}

type Page = Awaited<ReturnType<typeof lockedPage>>

/**
 * Fixes the draft as a version and shows it, now or from a time on. 422 `page-incomplete` names everything that is missing; 412 where
 * somebody changed the page meanwhile.
 */
export async function publishPage(platform: Platform, actor: Pick<Account, 'id'> | null, wish: Publication): Promise<void> {
  await platform.database.transaction(async () => {
    const page = await lockedPage(platform, wish)
    const now = platform.now()
    const missing = lacks(page.kind, page.draft)
    if (missing.length > 0) throw pageIncomplete(missing)
    await demandFree(platform, page.id, page.kind, page.draft.slug)
    const from = wish.from && wish.from > now ? wish.from : null
    if (wish.until && wish.until <= (from ?? now))
      throw invalid([{ field: '/until', value: wish.until.toISOString(), ...endsBefore }])
    const versionId = await fixVersion(platform, actor, page)
    if (from) await wait(platform, page, { versionId, from, until: wish.until })
    else await show(platform, page, { versionId, until: wish.until, now, by: actor?.id })
    await platform.audit.write({
      action: 'page.published',
      target: { kind: 'page', id: page.id },
      facts: { from: (from ?? now).toISOString(), until: wish.until?.toISOString() ?? null },
    })
    for (const at of [from, wish.until]) if (at) await platform.jobs.enqueue('content.keep-times', null, { runAt: at })
  })
}

/** Shows the page no more, and forgets what it was waiting for. */
export async function unpublishPage(
  platform: Platform,
  actor: Account,
  edit: { pageId: string; revision: string },
): Promise<void> {
  await platform.database.transaction(async () => {
    const page = await lockedPage(platform, edit)
    await hide(platform, page, actor.id)
    await platform.audit.write({ action: 'page.unpublished', target: { kind: 'page', id: page.id } })
  })
}

/** Shows and hides what is due. Doing it twice does nothing the second time. */
export async function keepTimes(platform: Platform, now: Date): Promise<void> {
  await platform.database.transaction(async () => {
    const db = await locked(platform)
    const due = await db
      .selectFrom('content_page')
      .selectAll()
      .where(eb => eb.or([eb('publish_at', '<=', now), eb('unpublish_at', '<=', now)]))
      .orderBy('id')
      .execute()
    for (const page of due) {
      const { publish_at, unpublish_at, next_version_id } = page
      const ends = unpublish_at !== null && unpublish_at <= now
      if (publish_at && publish_at <= now && next_version_id && !ends) {
        await show(platform, page, { versionId: next_version_id, until: unpublish_at, now })
        await platform.audit.write({
          action: 'page.published',
          target: { kind: 'page', id: page.id },
          facts: { from: publish_at.toISOString(), until: unpublish_at?.toISOString() ?? null },
        })
      } else if (ends) {
        await hide(platform, page)
        await platform.audit.write({ action: 'page.unpublished', target: { kind: 'page', id: page.id } })
      }
    }
  })
}

/** The draft as a version; the last one where it says the same. */
async function fixVersion(platform: Platform, actor: Pick<Account, 'id'> | null, page: Page): Promise<string> {
  const db = platform.database.db<ContentTables>()
  const last = await db
    .selectFrom('content_version')
    .select(['id', 'number', sql<boolean>`document = ${JSON.stringify(page.draft)}::jsonb`.as('same')])
    .where('page_id', '=', page.id)
    .orderBy('number', 'desc')
    .executeTakeFirst()
  if (last?.same) return last.id
  const id = platform.newId()
  await db
    .insertInto('content_version')
    .values({
      id,
      page_id: page.id,
      number: (last?.number ?? 0) + 1,
      document: JSON.stringify(page.draft),
      made_by: actor?.id ?? null,
      made_at: platform.now(),
    })
    .execute()
  await db
    .deleteFrom('content_version')
    .where('page_id', '=', page.id)
    .where('number', '<=', (last?.number ?? 0) + 1 - mostVersions)
    .where(
      'id',
      'not in',
      [page.shown_version_id, page.next_version_id, id].filter(one => one !== null),
    )
    .execute()
  return id
}

async function wait(
  platform: Platform,
  page: Page,
  { versionId, from, until }: { versionId: string; from: Date; until: Date | null },
): Promise<void> {
  await platform.database
    .db<ContentTables>()
    .updateTable('content_page')
    .set({ next_version_id: versionId, publish_at: from, unpublish_at: until, revision: page.revision + 1 })
    .where('id', '=', page.id)
    .execute()
}

interface Showing {
  versionId: string
  until: Date | null
  now: Date
  by?: string | undefined
}

async function show(platform: Platform, page: Page, { versionId, until, now, by }: Showing): Promise<void> {
  const db = platform.database.db<ContentTables>()
  const version = await db
    .updateTable('content_version')
    .set({ shown_at: now })
    .where('id', '=', versionId)
    .returning('document')
    .executeTakeFirst()
  if (!version) throw noSuchPage()
  const { slug } = version.document
  await db
    .updateTable('content_page')
    .set({
      shown_version_id: versionId,
      shown_slug: slug,
      first_shown_at: page.first_shown_at ?? now,
      next_version_id: null,
      publish_at: null,
      unpublish_at: until,
      revision: page.revision + 1,
    })
    .where('id', '=', page.id)
    .execute()
  if (page.shown_slug !== null && page.shown_slug !== slug)
    await pageMoved(platform, pathOf(page.kind, page.shown_slug), pathOf(page.kind, slug))
  await pagesChanged(
    platform,
    [page.shown_slug, slug].flatMap(one => pathsShowing(page.kind, one)),
  )
  await platform.record('page.published', { pageId: page.id, versionId, ...(by ? { by } : {}) })
  await platform.live.publish('pages', 'content')
}

async function hide(platform: Platform, page: Page, by?: string): Promise<void> {
  await platform.database
    .db<ContentTables>()
    .updateTable('content_page')
    .set({
      shown_version_id: null,
      shown_slug: null,
      next_version_id: null,
      publish_at: null,
      unpublish_at: null,
      revision: page.revision + 1,
    })
    .where('id', '=', page.id)
    .execute()
  if (page.shown_slug === null) return
  await pagesChanged(platform, pathsShowing(page.kind, page.shown_slug))
  await platform.record('page.unpublished', { pageId: page.id, ...(by ? { by } : {}) })
  await platform.live.publish('pages', 'content')
}

/** Where search engines find a change: the page itself, and the list it stands in. */
const pathsShowing = (kind: Page['kind'], slug: string | null): string[] =>
  slug === null ? [] : [pathOf(kind, slug), ...(kind === 'news' || kind === 'case' ? [listPaths[kind]] : [])]

const endsBefore = {
  message: { 'zh-CN': '下线时间须晚于发布时间。', en: 'It would end before it begins.' },
  remedy: { 'zh-CN': '请选择更晚的下线时间，或留空。', en: 'Choose a later end, or none.' },
}
