import { sql } from 'kysely'
import type { Platform } from '#platform/server'
import type { DiagnosisTables } from './tables.ts'

export interface WatchedTime {
  from: Date
  until: Date
}

/**
 * When it was known what is usual at machines, and they were watched for what is not: oldest first, none overlaps another, by the machine's clock. A
 * machine that has fallen silent is watched up to its last reading; silence in between counts. Machines that only learned yet are absent.
 */
export async function watchedTimes({ database }: Platform, deviceIds: readonly string[]): Promise<Map<string, WatchedTime[]>> {
  if (deviceIds.length === 0) return new Map()
  const { rows } = await sql<{ device_id: string; from_at: Date; until_at: Date }>`
    select device_id, from_at, until_at from device_watched where device_id = any(${deviceIds}::uuid[])
    union all
    select device_id, known_since, assessed_until from device_diagnosis
    where device_id = any(${deviceIds}::uuid[]) and assessed_until > known_since
    order by from_at`.execute(database.db<DiagnosisTables>())
  const times = new Map<string, WatchedTime[]>()
  for (const { device_id, from_at: from, until_at: until } of rows) {
    const own = times.get(device_id) ?? []
    times.set(device_id, own)
    const last = own.at(-1)
    if (!last || last.until < from) own.push({ from, until })
    else if (last.until < until) last.until = until
  }
  return times
}

/** What is usual at a machine is about to be forgotten: until now it was watched by it, and what was warned of stays. */
export async function noteWatched({ database }: Platform, deviceId: string): Promise<void> {
  await sql`
    insert into device_watched (device_id, from_at, until_at)
    select device_id, known_since, assessed_until from device_diagnosis
    where device_id = ${deviceId}::uuid and assessed_until > known_since
    on conflict (device_id, from_at) do update set until_at = greatest(device_watched.until_at, excluded.until_at)`.execute(
    database.db<DiagnosisTables>(),
  )
}
