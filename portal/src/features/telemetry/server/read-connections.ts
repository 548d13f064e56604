import type { Database } from '#platform/server'
import type { TelemetryTables } from './tables.ts'

/** Whether a machine is connected, and since when it is, or is not. */
export interface DeviceConnection {
  connected: boolean
  since: Date
}

/** By machine; those that never were connected are absent. For the portal's own work: whoever shows it asks whose time it was. */
export async function connectionsOf(database: Database, deviceIds: readonly string[]): Promise<Map<string, DeviceConnection>> {
  if (deviceIds.length === 0) return new Map()
  const rows = await database
    .db<TelemetryTables>()
    .selectFrom('device_connection')
    .select(['device_id', 'connected', 'since'])
    .where('device_id', 'in', deviceIds)
    .execute()
  return new Map(rows.map(({ device_id, connected, since }) => [device_id, { connected, since }]))
}
