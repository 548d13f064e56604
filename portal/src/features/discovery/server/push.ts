import { z } from 'zod'
import { pathIn } from '#platform/core'
import { createOutgoing, type JobHandler, type Platform } from '#platform/server'
import { type Channel, channels, mostAddresses, type Told } from '../core/index.ts'
import { tellBaidu } from './baidu.ts'
import { tellIndexNow } from './index-now.ts'
import { channelsOf, forgetWaiting, schedulePush } from './pages-changed.ts'
import { notePush } from './pushes.ts'
import { readSettings } from './settings.ts'
import type { DiscoveryTables } from './tables.ts'

const task = z.object({ channel: z.enum(channels) })

/** Calls of one job, of 20 s each at most: it has five minutes. What is left after them is for the next. */
const mostCalls = 12

/**
 * Tells one channel of the addresses that wait. What it refuses waits on for somebody to mend it, and goes along with the next; what
 * failed is tried again later. Baidu's quota is used up to the last address, then waited for until its next day.
 */
export const push: JobHandler = {
  outside: true,
  retries: 6,
  async handle(data, { platform }) {
    const { channel } = task.parse(data)
    if (channel === 'baidu') await forgetGone(platform)
    let most = mostAddresses[channel]
    for (let calls = 0; calls < mostCalls; calls++) {
      const tell = await teller(platform, channel)
      if (!tell) return forgetWaiting(platform, channel)
      const { paths, asOf } = await nextPaths(platform, channel, most)
      if (paths.length === 0) return
      const told = await tell(paths)
      if (told.reason === 'quota' && paths.length > 1) {
        most = Math.floor(paths.length / 2) // a call beyond the quota is refused whole
        continue
      }
      await finish(platform, channel, { paths, asOf, told })
      if (told.outcome === 'failed') throw new Error(`${channel} did not take ${paths.length} addresses: ${told.said}`)
      if (told.remain === 0) return schedulePush(platform, channel, untilNextDay(platform.now()))
      if (told.outcome === 'refused') return
      if (told.remain !== null) most = Math.min(most, told.remain)
    }
    await schedulePush(platform, channel, 1000)
  },
}

type Tell = (paths: string[]) => Promise<Told>

/** How a channel is told; null: it is off, or engines are to stay away. */
async function teller({ config, database, vault }: Platform, channel: Channel): Promise<Tell | null> {
  const settings = await readSettings(database)
  if (!channelsOf(settings).includes(channel)) return null
  if (config.catchDiscovery) return async () => ({ outcome: 'caught', reason: null, said: '', remain: null })
  const { indexNow, baidu } = config.discoveryServices
  const call = createOutgoing({ allowPrivate: config.outgoingPrivate, plain: [baidu] })
  const origin = config.publicUrl
  const inWhole = (paths: string[]) => paths.map(path => `${origin}${path}`)
  if (channel === 'index-now') {
    const service = indexNow ?? `https://${settings.index_now_host}`
    return paths => orFailed(() => tellIndexNow(call, { service, origin, key: settings.index_now_key! }, inWhole(paths)))
  }
  const token = await vault.open(settings.baidu_token!, 'discovery.baidu_token')
  return paths => orFailed(() => tellBaidu(call, { service: baidu, site: origin, token }, inWhole(paths)), token)
}

/** secret: stands in no message */
async function orFailed(work: () => Promise<Told>, secret?: string): Promise<Told> {
  try {
    return await work()
  } catch (error) {
    const message = String((error as Error).message).slice(0, 300)
    const said = secret ? message.replaceAll(secret, '…') : message
    return { outcome: 'failed', reason: 'unreachable', said, remain: null }
  }
}

/** Baidu, whose quota is small, is not told of pages that are gone. */
async function forgetGone(platform: Platform): Promise<void> {
  const db = platform.database.db<DiscoveryTables>()
  const waiting = await db.selectFrom('page_to_push').select('path').where('channel', '=', 'baidu').execute()
  if (waiting.length === 0) return
  const there = new Set(
    (await platform.publicPages()).flatMap(({ path }) => platform.languages.offered().map(one => pathIn(one, path))),
  )
  const gone = waiting.map(({ path }) => path).filter(path => !there.has(path))
  for (let i = 0; i < gone.length; i += 5000)
    await db
      .deleteFrom('page_to_push')
      .where('channel', '=', 'baidu')
      .where('path', 'in', gone.slice(i, i + 5000))
      .execute()
}

/** The addresses that have waited longest. */
async function nextPaths(platform: Platform, channel: Channel, most: number): Promise<{ paths: string[]; asOf: Date }> {
  const asOf = platform.now()
  const rows = await platform.database
    .db<DiscoveryTables>()
    .selectFrom('page_to_push')
    .select('path')
    .where('channel', '=', channel)
    .where('since', '<=', asOf)
    .orderBy('since')
    .orderBy('path')
    .limit(most)
    .execute()
  return { paths: rows.map(({ path }) => path), asOf }
}

/** Notes the answer, and strikes off what was taken; a page that changed meanwhile waits on. */
async function finish(
  platform: Platform,
  channel: Channel,
  { paths, asOf, told }: { paths: string[]; asOf: Date; told: Told },
): Promise<void> {
  await platform.database.transaction(async () => {
    await notePush(platform, channel, paths, told)
    if (told.outcome === 'refused' || told.outcome === 'failed') return
    for (let i = 0; i < paths.length; i += 5000)
      await platform.database
        .db<DiscoveryTables>()
        .deleteFrom('page_to_push')
        .where('channel', '=', channel)
        .where('since', '<=', asOf)
        .where('path', 'in', paths.slice(i, i + 5000))
        .execute()
  })
}

const hourMs = 3_600_000

/** ms until ten minutes past the next midnight of Beijing, where Baidu's day begins. */
export function untilNextDay(now: Date): number {
  const beijing = now.getTime() + 8 * hourMs
  return 24 * hourMs - (beijing % (24 * hourMs)) + 600_000
}
