import type { Platform } from '#platform/server'

/** Readings of a machine that is no more: one that was entered by mistake, or came by an import that was taken back. */
export async function forgetReadings({ warehouse }: Platform, deviceId: string): Promise<void> {
  for (const table of ['reading', 'reading_hour', 'reading_latest']) {
    const [some] = await warehouse.query('select 1 from {table:Identifier} where device_id = {deviceId:UUID} limit 1', {
      table,
      deviceId,
    })
    if (some) await warehouse.remove(table, 'device_id = {deviceId:UUID}', { deviceId })
  }
}
