import { languages, pathIn } from '#platform/core'
import type { Platform } from '#platform/server'
import { mostRedirects, oldAddress } from '../core/index.ts'
import type { RedirectTables } from './tables.ts'

/**
 * A page of the portal has another path (without language): whoever comes by the one before is led on, in every language. What led
 * away from the new path goes, since a page stands there now. In the ambient transaction; where the list is full, nothing leads on.
 */
export async function pageMoved(platform: Platform, from: string, to: string): Promise<void> {
  const db = platform.database.db<RedirectTables>()
  for (const language of languages) {
    const [old, target] = [oldAddress(pathIn(language, from)), pathIn(language, to)]
    if (old === null || old === '/') continue
    await db.deleteFrom('redirect').where('old', '=', oldAddress(target)).execute()
    const { count } = await db
      .selectFrom('redirect')
      .select(eb => eb.fn.countAll<string>().as('count'))
      .executeTakeFirstOrThrow()
    if (Number(count) >= mostRedirects) continue
    await db
      .insertInto('redirect')
      .values({ id: platform.newId(), old, target, hits: 0, last_hit_at: null, created_at: platform.now() })
      .onConflict(conflict => conflict.column('old').doUpdateSet({ target }))
      .execute()
  }
  await platform.live.publish('redirects', 'all')
}
