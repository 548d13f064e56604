import type { Platform } from '#platform/server'
import type { PrognosisTables } from './tables.ts'

/**
 * Components of machines that failed in a time, for the portal's own work: whoever shows them asks `visibleIntervals` about `at`.
 * alarmId: the alarm by whose confirmation it is known; null: by a replacement or a note
 */
export async function failuresOf(
  { database }: Platform,
  deviceIds: readonly string[],
  { from, until }: { from: Date; until: Date },
): Promise<{ deviceId: string; component: string; at: Date; alarmId: string | null }[]> {
  if (deviceIds.length === 0) return []
  const rows = await database
    .db<PrognosisTables>()
    .selectFrom('component_life')
    .select(['device_id', 'component', 'ended_at', 'origin', 'origin_id'])
    .where('device_id', 'in', deviceIds)
    .where('ending', '=', 'failed')
    .where('ended_at', '>=', from)
    .where('ended_at', '<', until)
    .execute()
  return rows.map(({ device_id, component, ended_at, origin, origin_id }) => ({
    ...{ deviceId: device_id, component, at: ended_at, alarmId: origin === 'alarm' ? origin_id : null },
  }))
}
