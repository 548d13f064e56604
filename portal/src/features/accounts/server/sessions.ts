import { type Account, endStreams, notFound, type Platform } from '#platform/server'
import { deviceOf } from '../core/device.ts'
import type { SessionView } from '../core/index.ts'
import { sessionEnd } from '../core/session-limits.ts'
import type { AccountTables } from './tables.ts'

/** How long sessions of this kind of person last, by configuration. */
export const limitsFor = ({ config }: Platform, kind: Account['kind']) => config.sessions[kind]

const addressContext = 'session.address'
const seenAgainMs = 60_000

interface Seen {
  sessionId: string
  lastSeenAt: Date | null
  address: string
}

/** Notes that a session is in use, at most once a minute. */
export async function noteSeen(platform: Platform, { sessionId, lastSeenAt, address }: Seen): Promise<void> {
  const now = platform.now()
  if (lastSeenAt && now.getTime() - lastSeenAt.getTime() < seenAgainMs) return
  await platform.database
    .db<AccountTables>()
    .updateTable('session')
    .set({ last_seen_at: now, address: await platform.vault.seal(address, addressContext) })
    .where('id', '=', sessionId)
    .execute()
}

interface Owner extends Pick<Account, 'id' | 'kind'> {
  /** the session that asks; null: somebody else asks */
  sessionId: string | null
}

/** The sessions of an account that have not ended, last seen first. */
export async function listSessions(platform: Platform, { id, kind, sessionId }: Owner): Promise<SessionView[]> {
  const rows = await platform.database
    .db<AccountTables>()
    .selectFrom('session')
    .select(['id', 'user_agent', 'address', 'created_at', 'last_seen_at', 'expires_at'])
    .where('person_id', '=', id)
    .execute()
  const now = platform.now()
  const limits = limitsFor(platform, kind)
  const live = rows.filter(
    row => row.expires_at > now && sessionEnd({ createdAt: row.created_at, lastSeenAt: row.last_seen_at }, limits) > now,
  )
  const items = await Promise.all(
    live.map(async row => ({
      id: row.id,
      device: deviceOf(row.user_agent ?? ''),
      address: row.address ? await platform.vault.open(row.address, addressContext) : null,
      startedAt: row.created_at.toISOString(),
      lastSeenAt: (row.last_seen_at ?? row.created_at).toISOString(),
      current: row.id === sessionId,
    })),
  )
  return items.sort((a, b) => b.lastSeenAt.localeCompare(a.lastSeenAt))
}

/** Ends one of an account's sessions; 404 for anybody else's. */
export async function endSession(platform: Platform, accountId: string, sessionId: string): Promise<void> {
  const ended = await endSessions(platform, accountId, { only: sessionId })
  if (ended === 0) throw notFound({ 'zh-CN': '登录', en: 'session' })
}

/** Ends the open streams of an account in every process: what it may hear has changed, and whoever opens one again is asked anew. */
export async function endStreamsOf({ database, live }: Platform, accountId: string): Promise<void> {
  const rows = await database.db<AccountTables>().selectFrom('session').select('id').where('person_id', '=', accountId).execute()
  for (const { id } of rows) await endStreams(live, accountId, id)
}

/** Ends sessions of an account with their open streams, in every process; answers how many. */
export async function endSessions(
  platform: Platform,
  accountId: string,
  which: { only?: string; except?: string } = {},
): Promise<number> {
  return platform.database.transaction(async () => {
    let gone = platform.database.db<AccountTables>().deleteFrom('session').where('person_id', '=', accountId)
    if (which.only) gone = gone.where('id', '=', which.only)
    if (which.except) gone = gone.where('id', '!=', which.except)
    const rows = await gone.returning('id').execute()
    for (const { id } of rows) await endStreams(platform.live, accountId, id)
    await platform.audit.write({
      action: 'session.ended',
      target: { kind: 'account', id: accountId },
      facts: { sessions: rows.length },
    })
    return rows.length
  })
}
