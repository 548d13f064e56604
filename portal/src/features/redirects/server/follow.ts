import { sql } from 'kysely'
import type { Platform, ServerFeature } from '#platform/server'
import { destinationOf, oldAddress } from '../core/index.ts'
import type { RedirectTables } from './tables.ts'

/**
 * Whoever asks for a page that is not here, and was elsewhere on the site before, is led there (301). A page that is here is never
 * shadowed: the list is asked last.
 */
export const followRedirects: ServerFeature['mount'] = (app, platform) => {
  let known: Promise<ReadonlyMap<string, string>> | null = null
  platform.live.subscribe('redirects', () => {
    known = null
  })
  app.use('*', async (context, next) => {
    await next()
    if (context.res.status !== 404 || !['GET', 'HEAD'].includes(context.req.method) || context.req.path.startsWith('/api/'))
      return
    known ??= readAll(platform)
    const asked = known
    const address = context.req.url.slice(new URL(context.req.url).origin.length)
    const redirects = await asked.catch(() => {
      if (known === asked) known = null
      return null // without the database the page stays not found
    })
    const destination = redirects && destinationOf(address, redirects)
    if (!destination) return
    await count(platform, address, redirects).catch(error => platform.log.warn({ error }, 'a redirect was not counted'))
    context.res = new Response(null, { status: 301, headers: { location: destination, 'cache-control': 'public, max-age=300' } })
  })
}

async function readAll({ database }: Platform): Promise<ReadonlyMap<string, string>> {
  const rows = await database.db<RedirectTables>().selectFrom('redirect').select(['old', 'target']).execute()
  return new Map(rows.map(({ old, target }) => [old, target]))
}

async function count(platform: Platform, address: string, redirects: ReadonlyMap<string, string>): Promise<void> {
  const whole = oldAddress(address) ?? ''
  const old = redirects.has(whole) ? whole : whole.split('?', 1)[0]!
  await platform.database
    .db<RedirectTables>()
    .updateTable('redirect')
    .set({ hits: sql<number>`hits + 1`, last_hit_at: platform.now() })
    .where('old', '=', old)
    .execute()
}
