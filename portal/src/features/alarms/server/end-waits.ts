import type { Platform } from '#platform/server'
import { alarmStates, moveAlarm } from '../core/index.ts'
import { resume } from './handle-alarm.ts'
import { resumeSuppressed, suppressOpen } from './maintenance.ts'
import type { AlarmTables } from './tables.ts'
import { tellOfAlarms } from './write-entry.ts'

/**
 * A job, each minute: alarms that were put aside until now, of machines that are in service, and those of machines whose maintenance is over, are looked at again; those of
 * machines whose planned maintenance has begun wait.
 */
export async function endWaits(platform: Platform): Promise<void> {
  const db = platform.database.db<AlarmTables>()
  const now = platform.now()
  const outOfService = db
    .selectFrom('alarm_maintenance')
    .select('device_id')
    .where('from_at', '<=', now)
    .where('until_at', '>', now)
  const shelved = await db
    .selectFrom('alarm')
    .select(['id', 'device_id', 'state', 'active'])
    .where('state', '=', 'shelved')
    .where('shelved_until', '<=', now)
    .where('device_id', 'not in', outOfService) // nobody wants to hear of it before
    .orderBy('id')
    .limit(1000)
    .forUpdate()
    .execute()
  for (const row of shelved) {
    await resume(platform, row, null)
    await tellOfAlarms(platform, row.device_id)
  }
  const over = await db
    .selectFrom('alarm')
    .select('device_id')
    .distinct()
    .where('state', '=', 'suppressed')
    .where('device_id', 'not in', outOfService)
    .limit(1000)
    .execute()
  for (const { device_id } of over) {
    await resumeSuppressed(platform, device_id)
    await tellOfAlarms(platform, device_id)
  }
  const begun = await db
    .selectFrom('alarm')
    .select('device_id')
    .distinct()
    .where(
      'state',
      'in',
      alarmStates.filter(state => moveAlarm(state, 'suppress') !== null),
    )
    .where('device_id', 'in', outOfService)
    .limit(1000)
    .execute()
  for (const { device_id } of begun) {
    await suppressOpen(platform, device_id)
    await tellOfAlarms(platform, device_id)
  }
}
