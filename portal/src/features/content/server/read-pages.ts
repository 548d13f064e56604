import { sql } from 'kysely'
import { personNames } from '#features/accounts/server'
import { readManufacturer } from '#features/manufacturer/server'
import type { LocalizedText } from '#platform/core'
import type { Database } from '#platform/server'
import { type PageDetail, type PageKind, type PageStanding, pathOf, picturesIn } from '../core/index.ts'
import { picturesOf } from './pictures.ts'
import { noSuchPage } from './problems.ts'
import type { ContentTables } from './tables.ts'

interface Wish {
  kind?: PageKind | undefined
  /** part of a title or an address */
  search?: string | undefined
}

/** Every page with what becomes of it, changed last first. */
export async function listPages(database: Database, { kind, search }: Wish): Promise<PageStanding[]> {
  const part = search && `%${search.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`
  let rows = standing(database)
  if (kind) rows = rows.where('p.kind', '=', kind)
  if (part)
    rows = rows.where(
      sql<boolean>`lower(concat_ws(' ', p.draft->'title'->>'zh-CN', p.draft->'title'->>'en', p.slug)) like ${part}`,
    )
  return (await rows.orderBy('p.changed_at', 'desc').orderBy('p.id').execute()).map(toStanding)
}

/** A page to be edited, and the revision an edit has to name; 404. */
export async function readPage(database: Database, pageId: string): Promise<{ value: PageDetail; etag: string }> {
  const row = await standing(database).select(['p.draft', 'p.revision']).where('p.id', '=', pageId).executeTakeFirst()
  if (!row) throw noSuchPage()
  const versions = await database
    .db<ContentTables>()
    .selectFrom('content_version')
    .select(['id', 'number', 'made_at', 'made_by', 'shown_at', sql<LocalizedText>`document->'title'`.as('title')])
    .where('page_id', '=', pageId)
    .orderBy('number', 'desc')
    .execute()
  const names = await personNames(
    database,
    versions.flatMap(({ made_by }) => made_by ?? []),
  )
  const value: PageDetail = {
    ...toStanding(row),
    document: row.draft,
    pictures: await picturesOf(database, picturesIn(row.draft)),
    timeZone: (await readManufacturer(database)).timeZone,
    versions: versions.map(({ id, number, title, made_at, made_by, shown_at }) => ({
      id,
      number,
      title,
      madeAt: made_at.toISOString(),
      madeBy: (made_by && names.get(made_by)) ?? '',
      shownAt: shown_at?.toISOString() ?? null,
      standing: id === row.shown_version_id ? 'shown' : id === row.next_version_id ? 'waiting' : 'past',
    })),
  }
  return { value, etag: String(row.revision) }
}

/** Without the drafts themselves: of many pages they are megabytes. */
const standing = (database: Database) =>
  database
    .db<ContentTables>()
    .selectFrom('content_page as p')
    .leftJoin('content_version as v', 'v.id', 'p.shown_version_id')
    .select([
      'p.id',
      'p.kind',
      'p.slug',
      'p.shown_slug',
      'p.shown_version_id',
      'p.next_version_id',
      'p.publish_at',
      'p.unpublish_at',
      'p.changed_at',
      sql<LocalizedText>`p.draft->'title'`.as('title'),
      sql<boolean>`p.draft is distinct from v.document`.as('changed'),
    ])

type Row = Awaited<ReturnType<ReturnType<typeof standing>['execute']>>[number]

const toStanding = (row: Row): PageStanding => ({
  id: row.id,
  kind: row.kind,
  title: row.title,
  slug: row.slug,
  shownPath: row.shown_slug === null ? null : pathOf(row.kind, row.shown_slug),
  changed: row.changed,
  publishAt: row.publish_at?.toISOString() ?? null,
  unpublishAt: row.unpublish_at?.toISOString() ?? null,
  changedAt: row.changed_at.toISOString(),
})
