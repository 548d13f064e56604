import type { Database } from '#platform/server'
import type { Command, Setting } from '../../core/index.ts'
import type { DeviceTables } from '../tables.ts'

export interface DeviceControls {
  settings: Setting[]
  commands: Command[]
}

/** What can be set on machines and what they can be told, by their types. Machines without a type are not among them. */
export async function controlsOfDevices({ db }: Database, deviceIds: readonly string[]): Promise<Map<string, DeviceControls>> {
  if (deviceIds.length === 0) return new Map()
  const rows = await db<DeviceTables>()
    .selectFrom('device as d')
    .innerJoin('device_type as y', 'y.id', 'd.type_id')
    .select(['d.id', 'y.settings', 'y.commands'])
    .where('d.id', 'in', deviceIds)
    .execute()
  return new Map(rows.map(({ id, settings, commands }) => [id, { settings, commands }]))
}
