import { sql } from 'kysely'
import { conflict, type Platform } from '#platform/server'
import { type Channel, channels, type PushView, type Told } from '../core/index.ts'
import { channelsOf, pagesChanged } from './pages-changed.ts'
import { readSettings } from './settings.ts'
import type { DiscoveryTables } from './tables.ts'

/** Answers that are kept to look at. */
const keptPushes = 50
const shownPushes = 20

export async function notePush(
  platform: Platform,
  channel: Channel,
  paths: readonly string[],
  { outcome, reason, said, remain }: Told,
): Promise<void> {
  const db = platform.database.db<DiscoveryTables>()
  await db
    .insertInto('page_push')
    .values({
      id: platform.newId(),
      channel,
      at: platform.now(),
      outcome,
      reason,
      addresses: paths.length,
      first_path: paths[0]!,
      said,
      remain,
    })
    .execute()
  await db
    .deleteFrom('page_push')
    .where('id', 'not in', db.selectFrom('page_push').select('id').orderBy('id', 'desc').limit(keptPushes))
    .execute()
}

/** The last answers, newest first. */
export async function lastPushes({ database }: Platform): Promise<PushView[]> {
  const rows = await database
    .db<DiscoveryTables>()
    .selectFrom('page_push')
    .selectAll()
    .orderBy('id', 'desc')
    .limit(shownPushes)
    .execute()
  return rows.map(({ at, first_path, ...row }) => ({ ...row, at: at.toISOString(), firstPath: first_path }))
}

/** How many addresses each channel has still to be told of. */
export async function waitingAddresses({ database }: Platform): Promise<Record<Channel, number>> {
  const rows = await database
    .db<DiscoveryTables>()
    .selectFrom('page_to_push')
    .select(['channel', sql<number>`count(*)::int`.as('count')])
    .groupBy('channel')
    .execute()
  const counted = new Map(rows.map(({ channel, count }) => [channel, count]))
  return Object.fromEntries(channels.map(channel => [channel, counted.get(channel) ?? 0])) as Record<Channel, number>
}

/** Tells every channel that is on of all pages, from now on. Fails with `nobody-to-tell` where none is, or engines are to stay away. */
export async function pushAll(platform: Platform): Promise<{ addresses: number }> {
  return platform.database.transaction(async () => {
    const settings = await readSettings(platform.database, true)
    if (settings.hidden) throw hiddenPortal()
    if (channelsOf(settings).length === 0) throw nobodyToTell()
    const pages = await platform.publicPages()
    const addresses = await pagesChanged(
      platform,
      pages.map(({ path }) => path),
      0,
    )
    await platform.audit.write({
      action: 'discovery.pushed',
      target: { kind: 'portal', id: 'discovery' },
      facts: { addresses, channels: channelsOf(settings) },
    })
    return { addresses }
  })
}

const nobodyToTell = () =>
  conflict(
    'nobody-to-tell',
    { 'zh-CN': '还没有开启任何推送。', en: 'Nobody is told of pages yet.' },
    { 'zh-CN': '请先开启 IndexNow，或填写百度的推送密钥。', en: 'Switch IndexNow on, or enter the token of Baidu.' },
  )

const hiddenPortal = () =>
  conflict(
    'nobody-to-tell',
    { 'zh-CN': '门户目前对搜索引擎隐藏。', en: 'The portal is hidden from search engines.' },
    { 'zh-CN': '请先允许搜索引擎收录。', en: 'Let search engines in first.' },
  )
