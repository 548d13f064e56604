import type { Platform } from '#platform/server'
import type { AlarmTables } from './tables.ts'

/** Whether somebody works on the machine now, so that its alarms wait. */
export async function isInMaintenance({ database, now }: Platform, deviceId: string): Promise<boolean> {
  const at = now()
  const row = await database
    .db<AlarmTables>()
    .selectFrom('alarm_maintenance')
    .select('id')
    .where('device_id', '=', deviceId)
    .where('from_at', '<=', at)
    .where('until_at', '>', at)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}
