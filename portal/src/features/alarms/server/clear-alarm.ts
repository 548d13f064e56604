import type { Platform } from '#platform/server'
import { moveAlarm } from '../core/index.ts'
import { lockOpen } from './raise-alarm.ts'
import type { AlarmTables } from './tables.ts'
import { tellOfAlarms, writeEntry } from './write-entry.ts'

/** Which alarm is over, and since when by the machine's clock. */
export interface ClearedAlarm {
  deviceId: string
  source: string
  at: Date
}

/** What raised an alarm holds no more, in the ambient transaction. Nothing where none is open, or it is over already. */
export async function clearAlarm(platform: Platform, { deviceId, source, at }: ClearedAlarm): Promise<void> {
  const { database } = platform
  await database.transaction(async () => {
    const row = await lockOpen(platform, { deviceId, source })
    if (!row?.active) return
    const over = at < row.raised_at ? row.raised_at : at
    const alarms = database.db<AlarmTables>().updateTable('alarm')
    const cleared = { state: moveAlarm(row.state, 'clear')!, active: false, cleared_at: over }
    await Promise.all([
      alarms.set(cleared).where('id', '=', row.id).execute(),
      writeEntry(platform, { alarmId: row.id, kind: 'cleared', at: over }),
      platform.record('alarm.cleared', { alarmId: row.id, deviceId }),
      tellOfAlarms(platform, deviceId),
    ])
  })
}
