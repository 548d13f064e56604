import { sql } from 'kysely'
import type { OpenTo, VisibleInterval } from '#features/devices/server'
import type { Account, Platform } from '#platform/server'
import type { AlarmReads } from './tables.ts'

/** Alarms that were first raised in these times of machines, as far as they are told to the reader, to be narrowed further. */
export async function toldAlarms(platform: Platform, reader: Account, intervals: readonly VisibleInterval[], openTo: OpenTo) {
  const told = platform.database
    .db<AlarmReads>()
    .selectFrom('alarm as a')
    .innerJoin('device as d', 'd.id', 'a.device_id')
    .where(within(intervals))
  if (reader.kind === 'staff') return told
  const seen = [...new Set(intervals.map(interval => interval.deviceId))]
  const open = [...(await openTo(platform, reader, seen))]
  return told.where(sql<boolean>`(a.source like 'rule:%' or a.device_id = any(${open}::uuid[]))`)
}

/** An alarm belongs to the time in which it was first raised. */
const within = (intervals: readonly VisibleInterval[]) => sql<boolean>`exists (
  select from jsonb_to_recordset(${JSON.stringify(
    intervals.map(({ deviceId, from, until }) => ({ device_id: deviceId, from_at: from, until_at: until })),
  )}::jsonb) as v(device_id uuid, from_at timestamptz, until_at timestamptz)
  where v.device_id = a.device_id and (v.from_at is null or a.started_at >= v.from_at) and (v.until_at is null or a.started_at < v.until_at))`
