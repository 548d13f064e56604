import { pathIn } from '#platform/core'
import type { Platform } from '#platform/server'
import { type Channel, channels } from '../core/index.ts'
import { type DiscoveryRow, readSettings } from './settings.ts'
import type { DiscoveryTables } from './tables.ts'

/** Many changes within this time make one call. */
const gatherMs = 60_000

/**
 * Tells the services that are told of pages that these came, changed or went, in every language; within about a minute, together with
 * others. Call it in the transaction of the change. paths: without language, ['/products/vmc-850']; answers how many addresses wait
 */
export async function pagesChanged(platform: Platform, paths: readonly string[], waitMs: number = gatherMs): Promise<number> {
  const settings = await readSettings(platform.database)
  const told = channelsOf(settings)
  if (told.length === 0 || paths.length === 0) return 0
  const addresses = [
    ...new Set(paths.flatMap(path => platform.languages.offered().map(language => pathIn(language, path)))),
  ].toSorted() // so that two changes at once wait for each other, not both for both
  await platform.database.transaction(async () => {
    for (const channel of told) {
      await keepForLater(platform, channel, addresses)
      await schedulePush(platform, channel, waitMs)
    }
  })
  return addresses.length
}

/** Who is told: those that are on, unless engines are to stay away. */
export const channelsOf = (settings: DiscoveryRow): Channel[] =>
  settings.hidden
    ? []
    : channels.filter(channel => (channel === 'baidu' ? settings.baidu_token : settings.index_now_host) !== null)

/** What waits for a channel that is told no more. */
export async function forgetWaiting({ database }: Platform, channel: Channel): Promise<void> {
  await database.db<DiscoveryTables>().deleteFrom('page_to_push').where('channel', '=', channel).execute()
}

/** One that waits is enough for all that change meanwhile; one that is for now does not wait for it. */
export async function schedulePush(platform: Platform, channel: Channel, waitMs: number): Promise<void> {
  const runAt = new Date(platform.now().getTime() + waitMs)
  const singletonKey = `${channel} ${waitMs > gatherMs ? 'later' : waitMs > 0 ? 'soon' : 'now'}`
  await platform.jobs.enqueue('discovery.push', { channel }, { runAt, singletonKey })
}

async function keepForLater({ database, now }: Platform, channel: Channel, paths: string[]): Promise<void> {
  for (let i = 0; i < paths.length; i += 5000)
    await database
      .db<DiscoveryTables>()
      .insertInto('page_to_push')
      .values(paths.slice(i, i + 5000).map(path => ({ channel, path, since: now() })))
      .onConflict(conflict => conflict.columns(['channel', 'path']).doUpdateSet({ since: now() }))
      .execute()
}
