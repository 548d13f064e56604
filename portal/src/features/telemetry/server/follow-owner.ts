import { sql } from 'kysely'
import type { Listener } from '#platform/server'
import type { TelemetryTables } from './tables.ts'

/**
 * How often two machines put each other out is counted anew for the new owner. Where they did so again before this is heard, nobody knows
 * any more how often since: once at least.
 */
export const followOwner: Listener<'device.changed-hands'> = {
  name: 'telemetry.follow-owner',
  async handle({ data: { deviceId }, at }, { database }) {
    await sql`
      update device_connection set cloned_times = case when cloned_at < ${at}::timestamptz then 0 else 1 end
      where device_id = ${deviceId} and cloned_at is not null`.execute(database.db<TelemetryTables>())
  },
}
