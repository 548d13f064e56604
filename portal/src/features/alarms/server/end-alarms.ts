import type { Platform } from '#platform/server'
import { moveAlarm } from '../core/index.ts'
import type { AlarmTables } from './tables.ts'
import { tellOfAlarms, writeEntry } from './write-entry.ts'

/** What raised them is gone: a rule, or the owner the machine had until a time. Their open alarms end, in the ambient transaction. */
export async function endAlarms(
  platform: Platform,
  which: { id: string } | { source: string } | { deviceId: string; before: Date },
): Promise<void> {
  const { database } = platform
  const db = database.db<AlarmTables>()
  let open = db
    .selectFrom('alarm')
    .select(['id', 'device_id', 'state', 'active', 'cleared_at', 'raised_at'])
    .where('state', '<>', 'normal')
    .orderBy('id')
    .forUpdate()
  if ('id' in which) open = open.where('id', '=', which.id)
  else if ('source' in which) open = open.where('source', '=', which.source)
  else open = open.where('device_id', '=', which.deviceId).where('noticed_at', '<', which.before)
  const rows = await open.execute()
  const now = platform.now()
  for (const { id, device_id, state, active, cleared_at, raised_at } of rows) {
    const over = active ? new Date(Math.max(now.getTime(), raised_at.getTime())) : cleared_at
    await db
      .updateTable('alarm')
      .set({ state: moveAlarm(state, 'end')!, active: false, cleared_at: over })
      .where('id', '=', id)
      .execute()
    await writeEntry(platform, { alarmId: id, kind: 'ended', at: now })
    if (active) await platform.record('alarm.cleared', { alarmId: id, deviceId: device_id })
    await tellOfAlarms(platform, device_id)
  }
}
