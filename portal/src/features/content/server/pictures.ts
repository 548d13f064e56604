import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { IncomingFile } from '#platform/core'
import { type Database, type Platform, receivePictureInWidths } from '#platform/server'
import type { PictureFacts } from '../core/index.ts'
import { mostPictures, tooManyPictures } from './problems.ts'
import type { ContentTables } from './tables.ts'

/** px: a phone, half a page, a whole page on a fine screen. */
const widths = [480, 960, 1600]

/** Takes a picture in for pages. The same picture twice is one. Throws file-refused, too-many-pictures. */
export async function addPicture(platform: Platform, incoming: IncomingFile): Promise<PictureFacts & { id: string }> {
  const { width, height, sizes } = await receivePictureInWidths(platform, incoming, widths)
  const hash = createHash('sha256').update(sizes.at(-1)!.webp).digest('hex').slice(0, 32)
  return platform.database.transaction(async () => {
    const db = platform.database.db<ContentTables>()
    // the same picture may come twice at once, or again when it is about to be cleared away: it is as new as its last coming
    const { id } = await db
      .insertInto('content_picture')
      .values({ id: platform.newId(), hash, width, height, created_at: platform.now() })
      .onConflict(conflict => conflict.column('hash').doUpdateSet(eb => ({ created_at: eb.ref('excluded.created_at') })))
      .returning('id')
      .executeTakeFirstOrThrow()
    await db
      .insertInto('content_picture_size')
      .values(sizes.map(size => ({ picture_id: id, width: size.width, webp: size.webp })))
      .onConflict(conflict => conflict.columns(['picture_id', 'width']).doNothing())
      .execute()
    const { count } = await db
      .selectFrom('content_picture')
      .select(sql<number>`count(*)::int`.as('count'))
      .executeTakeFirstOrThrow()
    if (count > mostPictures) throw tooManyPictures()
    await platform.audit.write({ action: 'page.picture-added', target: { kind: 'picture', id } })
    return { id, hash, width, height, widths: sizes.map(size => size.width) }
  })
}

/** What pages need of these pictures, by id; one that is gone is missing. */
export async function picturesOf(database: Database, ids: readonly string[]): Promise<Record<string, PictureFacts>> {
  if (ids.length === 0) return {}
  const rows = await database
    .db<ContentTables>()
    .selectFrom('content_picture as p')
    .innerJoin('content_picture_size as s', 's.picture_id', 'p.id')
    .select(['p.id', 'p.hash', 'p.width', 'p.height', sql<number[]>`array_agg(s.width order by s.width)`.as('widths')])
    .where('p.id', 'in', ids)
    .groupBy('p.id')
    .execute()
  return Object.fromEntries(rows.map(({ id, ...facts }) => [id, facts]))
}

/** The bytes of a picture in one of its widths. */
export async function findPictureBytes(database: Database, hash: string, width: number): Promise<Buffer | null> {
  const row = await database
    .db<ContentTables>()
    .selectFrom('content_picture as p')
    .innerJoin('content_picture_size as s', 's.picture_id', 'p.id')
    .select('s.webp')
    .where('p.hash', '=', hash)
    .where('s.width', '=', width)
    .executeTakeFirst()
  return row?.webp ?? null
}

/** Removes pictures that no draft and no version shows, a day after they came. */
export async function clearPictures(platform: Platform, now: Date): Promise<void> {
  await sql`
    delete from content_picture
    where created_at < ${new Date(now.getTime() - 86_400_000)}
      and id::text not in (
        select jsonb_path_query(draft, '$.**.id') #>> '{}' from content_page
        union select jsonb_path_query(document, '$.**.id') #>> '{}' from content_version
      )`.execute(platform.database.db<ContentTables>())
}
