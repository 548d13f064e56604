import { createOutgoing, type Platform } from '#platform/server'
import { readSettings } from './settings.ts'
import type { DiscoveryTables } from './tables.ts'
import { fetchTicket } from './wechat-api.ts'

/** A ticket is fetched anew while the one before still holds for so long: those who come meanwhile sign with that. */
const aheadMs = 10 * 60_000
/** How long one process has for fetching before another may try: four calls of ten seconds at most. */
const leaseMs = 45_000
/** WeChat is not asked again so soon after it said no: a wrong secret would have every visitor ask. */
const pauseMs = 60_000

export interface ReadyTicket {
  appId: string
  ticket: string
}

/**
 * The ticket that signs pages for WeChat; null where it is not set up, the demo keeps to itself, or there is none just now. It is shared
 * by all processes: one of them fetches, by a lease in the database that holds no connection, and the others go on with what there is.
 */
export async function readyTicket(platform: Platform): Promise<ReadyTicket | null> {
  const { database, vault, config, now } = platform
  const settings = await readSettings(database)
  const { wechat_app_id: appId, wechat_secret: secret } = settings
  if (appId === null || secret === null || config.catchDiscovery) return null
  const known = await database
    .db<DiscoveryTables>()
    .selectFrom('wechat_ticket')
    .selectAll()
    .where('app_id', '=', appId)
    .executeTakeFirst()
  const left = known?.ticket_until ? known.ticket_until.getTime() - now().getTime() : 0
  const open = async () =>
    known?.ticket && left > 0 ? { appId, ticket: await vault.open(known.ticket, 'wechat_ticket.ticket') } : null
  if (left > aheadMs || !(await takeLease(platform, appId))) return open()
  return (await fetchAndKeep(platform, appId, await vault.open(secret, 'discovery.wechat_secret'))) ?? open()
}

/** Asks WeChat now, whatever is known; what it says is noted. */
export async function fetchNow(platform: Platform): Promise<void> {
  const { wechat_app_id: appId, wechat_secret: secret } = await readSettings(platform.database)
  if (appId === null || secret === null || platform.config.catchDiscovery) return
  await fetchAndKeep(platform, appId, await platform.vault.open(secret, 'discovery.wechat_secret'))
}

/** Whether this caller is the one who fetches. */
async function takeLease({ database, now }: Platform, appId: string): Promise<boolean> {
  const busy_until = new Date(now().getTime() + leaseMs)
  const taken = await database
    .db<DiscoveryTables>()
    .insertInto('wechat_ticket')
    .values({ app_id: appId, ticket: null, ticket_until: null, busy_until, failure: null, failed_at: null })
    .onConflict(conflict => conflict.column('app_id').doUpdateSet({ busy_until }).where('wechat_ticket.busy_until', '<', now()))
    .returning('app_id')
    .executeTakeFirst()
  return taken !== undefined
}

async function fetchAndKeep(platform: Platform, appId: string, secret: string): Promise<ReadyTicket | null> {
  const { config, vault, now, log } = platform
  const service = config.discoveryServices.wechat
  try {
    const call = createOutgoing({ allowPrivate: config.outgoingPrivate })
    const { ticket, expiresIn } = await fetchTicket(call, { service, appId, secret })
    await keep(platform, appId, {
      ticket: await vault.seal(ticket, 'wechat_ticket.ticket'),
      ticket_until: new Date(now().getTime() + expiresIn * 1000),
      busy_until: now(),
      failure: null,
      failed_at: null,
    })
    return { appId, ticket }
  } catch (error) {
    const failure = String((error as Error).message)
      .replaceAll(secret, '…')
      .slice(0, 300)
    log.warn({ failure }, 'WeChat gave no ticket: pages keep their plain cards there')
    await keep(platform, appId, { failure, failed_at: now(), busy_until: new Date(now().getTime() + pauseMs) })
    return null
  }
}

type Kept = Partial<Omit<DiscoveryTables['wechat_ticket'], 'app_id'>> & { busy_until: Date }

async function keep({ database }: Platform, appId: string, values: Kept): Promise<void> {
  await database
    .db<DiscoveryTables>()
    .insertInto('wechat_ticket')
    .values({ app_id: appId, ticket: null, ticket_until: null, failure: null, failed_at: null, ...values })
    .onConflict(conflict => conflict.column('app_id').doUpdateSet(values))
    .execute()
}
