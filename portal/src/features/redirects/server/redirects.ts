import { sql } from 'kysely'
import { conflict, decodeCursor, encodeCursor, Failure, notFound, type Platform } from '#platform/server'
import { type LineError, mostRedirects, type RedirectView, readRedirects } from '../core/index.ts'
import type { RedirectTables } from './tables.ts'

interface ListQuery {
  search?: string | undefined
  cursor?: string | undefined
  limit: number
}

/** One page of the list, by old address, with the number of all that match. */
export async function listRedirects({ database }: Platform, { search, cursor, limit }: ListQuery) {
  const db = database.db<RedirectTables>()
  const part = search && `%${search.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`
  let matching = db.selectFrom('redirect')
  if (part) matching = matching.where(eb => eb.or([eb('old', 'like', part), eb(sql`lower(target)`, 'like', part)]))
  const after = cursor ? decodeCursor<{ old: string }>(cursor, { old: 'string' }).old : null
  const [rows, { total }] = await Promise.all([
    (after === null ? matching : matching.where('old', '>', after))
      .selectAll()
      .orderBy('old')
      .limit(limit + 1)
      .execute(),
    matching.select(sql<number>`count(*)::int`.as('total')).executeTakeFirstOrThrow(),
  ])
  const page = rows.slice(0, limit)
  return {
    total,
    items: page.map(
      ({ id, old, target, hits, last_hit_at }): RedirectView => ({
        id,
        old,
        target,
        hits: Number(hits),
        lastHitAt: last_hit_at?.toISOString() ?? null,
      }),
    ),
    nextCursor: rows.length > limit ? encodeCursor({ old: page.at(-1)!.old }) : null,
  }
}

/**
 * What a list would change beside what stands: a new address is added, a known one leads where the list says. Fails with
 * `redirects-invalid` naming every wrong line, or with `too-many-redirects`.
 */
export async function checkRedirects({ database }: Platform, text: string) {
  const standing = await database.db<RedirectTables>().selectFrom('redirect').select(['old', 'target']).execute()
  const { redirects, errors } = readRedirects(text, standing)
  if (errors.length > 0) throw linesInvalid(errors)
  const known = new Map(standing.map(({ old, target }) => [old, target]))
  const added = redirects.filter(({ old }) => !known.has(old)).length
  const changed = redirects.filter(({ old, target }) => known.has(old) && known.get(old) !== target).length
  if (known.size + added > mostRedirects) throw tooMany(known.size + added)
  return { redirects, outcome: { added, changed, same: redirects.length - added - changed } }
}

/** Keeps a list, checked as above; all of it or nothing. */
export async function importRedirects(platform: Platform, text: string) {
  const { database } = platform
  return database.transaction(async () => {
    const db = database.db<RedirectTables>()
    await sql`lock table redirect in share row exclusive mode`.execute(db) // two lists may make a ring that neither has
    const { redirects, outcome } = await checkRedirects(platform, text)
    const now = platform.now()
    for (let i = 0; i < redirects.length; i += 1000)
      await db
        .insertInto('redirect')
        .values(
          redirects.slice(i, i + 1000).map(({ old, target }) => ({
            id: platform.newId(),
            old,
            target,
            hits: 0,
            last_hit_at: null,
            created_at: now,
          })),
        )
        .onConflict(conflict => conflict.column('old').doUpdateSet(eb => ({ target: eb.ref('excluded.target') })))
        .execute()
    await platform.audit.write({ action: 'redirect.imported', target: { kind: 'portal', id: 'redirects' }, facts: outcome })
    await platform.live.publish('redirects', 'all')
    return outcome
  })
}

/** 404: there is no such redirect */
export async function removeRedirect(platform: Platform, redirectId: string): Promise<void> {
  const { database } = platform
  await database.transaction(async () => {
    const removed = await database
      .db<RedirectTables>()
      .deleteFrom('redirect')
      .where('id', '=', redirectId)
      .returning(['old', 'target'])
      .executeTakeFirst()
    if (!removed) throw notFound({ 'zh-CN': '跳转', en: 'redirect' })
    await platform.audit.write({ action: 'redirect.removed', target: { kind: 'redirect', id: redirectId }, before: removed })
    await platform.live.publish('redirects', redirectId)
  })
}

const shown = 50

const linesInvalid = (errors: LineError[]) =>
  new Failure({
    status: 422,
    type: 'redirects-invalid',
    title: { 'zh-CN': '跳转列表有误', en: 'The list has errors' },
    detail: {
      'zh-CN': `有 ${errors.length} 行有误，尚未保存任何内容。`,
      en: `${errors.length === 1 ? 'One line is' : `${errors.length} lines are`} wrong. Nothing was saved.`,
    },
    remedy: { 'zh-CN': '请修改所列的行后重试。', en: 'Correct the lines named, then try again.' },
    errors: errors.slice(0, shown).map(({ line, ...rest }) => ({ field: `/text/${line}`, ...rest })),
    extensions: { errorCount: errors.length },
  })

const tooMany = (count: number) =>
  conflict(
    'too-many-redirects',
    {
      'zh-CN': `共 ${count} 条跳转，超过上限 ${mostRedirects} 条。`,
      en: `With these there would be ${count} redirects; the limit is ${mostRedirects}.`,
    },
    {
      'zh-CN': '请只保留仍有人访问的旧地址。',
      en: 'Keep the old addresses that somebody still comes by.',
    },
  )
