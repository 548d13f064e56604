import { sql } from 'kysely'
import type { DeviceNotice, Platform } from '#platform/server'
import { tellOfConnections } from './live/tell-processes.ts'
import type { TelemetryTables } from './tables.ts'

/** Keeps whether machines are connected, and counts by the hour what was refused of them. */
export async function noticeDevices(notices: readonly DeviceNotice[], platform: Platform): Promise<void> {
  await keepConnections(notices, platform)
  await countRefusals(notices, platform)
}

async function keepConnections(notices: readonly DeviceNotice[], platform: Platform): Promise<void> {
  const last = new Map<string, { connected: boolean; since: Date; cloned: Date | null; times: number }>()
  for (const notice of notices) {
    if (notice.kind === 'refused') continue
    const before = last.get(notice.deviceId)
    const isCloned = notice.kind === 'taken-over' && notice.clone
    last.set(notice.deviceId, {
      ...{ connected: notice.kind !== 'disconnected', since: notice.at },
      cloned: isCloned ? notice.at : (before?.cloned ?? null),
      times: (before?.times ?? 0) + (isCloned ? 1 : 0),
    })
  }
  if (last.size === 0) return
  const rows = [...last].map(([device_id, standing]) => ({ device_id, ...standing }))
  await sql`
    insert into device_connection (device_id, connected, since, cloned_at, cloned_times)
    select t.device_id, t.connected, t.since, t.cloned, t.times
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) 
      as t(device_id uuid, connected boolean, since timestamptz, cloned timestamptz, times integer)
    where exists (select from device d where d.id = t.device_id)
    on conflict (device_id) do update set
      connected = excluded.connected,
      since = case when device_connection.connected = excluded.connected then device_connection.since else excluded.since end,
      cloned_at = coalesce(excluded.cloned_at, device_connection.cloned_at),
      cloned_times = device_connection.cloned_times + excluded.cloned_times`.execute(platform.database.db<TelemetryTables>())
  await tellOfConnections(platform, [...last.keys()])
}

async function countRefusals(notices: readonly DeviceNotice[], { database }: Platform): Promise<void> {
  const counts = new Map<
    string,
    { device_id: string; reason: string; hour: Date; count: number; first_at: Date; last_at: Date }
  >()
  for (const notice of notices) {
    if (notice.kind !== 'refused') continue
    const { deviceId: device_id, reason, count, at } = notice
    const hour = new Date(Math.floor(at.getTime() / hourMs) * hourMs)
    const key = `${device_id} ${reason} ${hour.getTime()}`
    const known = counts.get(key)
    if (known) {
      known.count += count
      known.last_at = at
    } else counts.set(key, { device_id, reason, hour, count, first_at: at, last_at: at })
  }
  if (counts.size === 0) return
  await sql`
    insert into device_refusal (device_id, reason, hour, count, first_at, last_at)
    select t.device_id, t.reason, t.hour, t.count, t.first_at, t.last_at
    from jsonb_to_recordset(${JSON.stringify([...counts.values()])}::jsonb)
      as t(device_id uuid, reason text, hour timestamptz, count bigint, first_at timestamptz, last_at timestamptz)
    where exists (select from device d where d.id = t.device_id)
    on conflict (device_id, reason, hour) do update set
      count = device_refusal.count + excluded.count, last_at = greatest(device_refusal.last_at, excluded.last_at)`.execute(
    database.db<TelemetryTables>(),
  )
}

const hourMs = 3_600_000

/** Longer ago nobody is shown what was refused. */
export const daysOfRefusals = 30

/** A job: forgets what nobody is shown any more. */
export async function forgetRefusals({ database, now }: Platform): Promise<void> {
  await database
    .db<TelemetryTables>()
    .deleteFrom('device_refusal')
    .where('hour', '<', new Date(now().getTime() - (daysOfRefusals + 1) * 86_400_000))
    .execute()
}
