import { sql } from 'kysely'
import type { DeviceMessage, Platform } from '#platform/server'
import { type Presence, readPresence } from '../core/index.ts'
import { tellOfConnections } from './live/tell-processes.ts'
import { textOf } from './text-of.ts'

/** Topic below the prefix of a device at which it says that it is there, and its will that it is not. */
export const presenceTopic = 'presence'

interface Present extends Presence {
  at: Date
}

/**
 * Keeps what machines say of their own connection, where a broker outside has it. Our own broker knows better, and this is passed over.
 * Messages of one machine may come by several processes and overtake each other: what an older connection leaves behind changes nothing.
 */
export async function hearPresence(platform: Platform, messages: readonly DeviceMessage[]): Promise<void> {
  if (platform.broker.state().kind === 'embedded') return
  const last = new Map<string, Present>()
  for (const { deviceId, payload, receivedAt } of messages) {
    const text = textOf(payload)
    if (text === '') continue // a retained message that was taken back
    const said = text === null ? null : readPresence(text)
    if (said === null) platform.broker.refuse(deviceId, 'payload')
    else if (!isOfBefore(said, last.get(deviceId))) last.set(deviceId, { ...said, at: receivedAt })
  }
  if (last.size === 0) return
  const rows = [...last].map(([device_id, { connected, session = null, at }]) => ({ device_id, connected, session, since: at }))
  const { rows: changed } = await sql<{ device_id: string }>`
    insert into device_connection as c (device_id, connected, since, session)
    select t.device_id, t.connected, t.since, t.session
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as t(device_id uuid, connected boolean, since timestamptz, session text)
    where exists (select from device d where d.id = t.device_id)
    order by t.device_id
    on conflict (device_id) do update set connected = excluded.connected, session = excluded.session,
      since = case when c.connected = excluded.connected then c.since else excluded.since end
    where (c.connected, c.session) is distinct from (excluded.connected, excluded.session)
      and (excluded.connected or not c.connected or c.session is null or excluded.session is null or c.session = excluded.session)
    returning device_id`.execute(platform.database.db())
  await tellOfConnections(
    platform,
    changed.map(({ device_id }) => device_id),
  )
}

const isOfBefore = ({ connected, session }: Presence, last: Presence | undefined): boolean =>
  !connected && last?.connected === true && last.session !== undefined && session !== undefined && last.session !== session
