import type { Platform } from '#platform/server'
import { type Discovery, engineIds, engines, indexNowHosts } from '../core/index.ts'
import { lastPushes, waitingAddresses } from './pushes.ts'
import { type DiscoveryRow, readSettings } from './settings.ts'
import type { DiscoveryTables } from './tables.ts'
import { wechatScriptPath } from './wechat-script.ts'

/** All that the console shows, with the revision that an edit has to name. */
export async function readDiscovery(platform: Platform): Promise<{ value: Discovery; etag: string }> {
  const { database, config } = platform
  const settings = await readSettings(database)
  const [files, pages, waiting, pushes, wechat] = await Promise.all([
    database.db<DiscoveryTables>().selectFrom('root_file').selectAll().orderBy('name').execute(),
    platform.publicPages(),
    waitingAddresses(platform),
    lastPushes(platform),
    readWechat(platform, settings),
  ])
  return {
    etag: String(settings.revision),
    value: {
      hidden: settings.hidden,
      codes: settings.codes,
      files: files.map(({ name, content, added_at }) => ({ name, content, addedAt: added_at.toISOString() })),
      indexNow: {
        on: settings.index_now_host !== null,
        host: indexNowHosts.find(host => host === settings.index_now_host) ?? indexNowHosts[0],
        keyFile: settings.index_now_key && `/${settings.index_now_key}.txt`,
      },
      baidu: { on: settings.baidu_token !== null, site: config.publicUrl },
      wechat,
      pages: pages.length,
      waiting,
      pushes,
      caught: config.catchDiscovery,
    },
  }
}

export async function readWechat(platform: Platform, known?: DiscoveryRow): Promise<Discovery['wechat']> {
  const { wechat_app_id: appId } = known ?? (await readSettings(platform.database))
  const ticket =
    appId === null
      ? undefined
      : await platform.database
          .db<DiscoveryTables>()
          .selectFrom('wechat_ticket')
          .select(['ticket_until', 'failure', 'failed_at'])
          .where('app_id', '=', appId)
          .executeTakeFirst()
  const until = ticket?.ticket_until
  return {
    appId: appId ?? '',
    on: appId !== null,
    domain: new URL(platform.config.publicUrl).host,
    readyUntil: until && until > platform.now() ? until.toISOString() : null,
    failure: ticket?.failure && ticket.failed_at ? { said: ticket.failure, at: ticket.failed_at.toISOString() } : null,
  }
}

/** What every page says in its head. */
export async function readHead({ database, config }: Platform) {
  const { hidden, codes, wechat_app_id: appId } = await readSettings(database)
  return {
    hidden,
    tags: engineIds.flatMap(id => (codes[id] ? [{ name: engines[id].tag, content: codes[id] }] : [])),
    wechatScript: appId !== null && !config.catchDiscovery ? wechatScriptPath : null,
  }
}
