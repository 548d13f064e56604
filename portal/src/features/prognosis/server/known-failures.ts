import type { Platform } from '#platform/server'
import type { PrognosisTables } from './tables.ts'

/** Components of machines that failed in a time, for the portal's own work: whoever shows them asks `visibleIntervals` about `at`. */
export async function failuresOf(
  { database }: Platform,
  deviceIds: readonly string[],
  { from, until }: { from: Date; until: Date },
): Promise<{ deviceId: string; component: string; at: Date }[]> {
  if (deviceIds.length === 0) return []
  return database
    .db<PrognosisTables>()
    .selectFrom('component_life')
    .select(['device_id as deviceId', 'component', 'ended_at as at'])
    .where('device_id', 'in', deviceIds)
    .where('ending', '=', 'failed')
    .where('ended_at', '>=', from)
    .where('ended_at', '<', until)
    .execute()
}
