import type { Platform } from '#platform/server'

/** By the machines' clocks: the last moment of which each has a reading that lies after a time. */
export async function lastMoments({ warehouse }: Platform, after: Date): Promise<Map<string, Date>> {
  const rows = await warehouse.query<{ device: string; moment: number }>(
    `select toString(device_id) as device, toUnixTimestamp64Milli(max(r.at)) as moment
     from reading_latest as r group by device_id having moment >= {after:Int64}`,
    { after: after.getTime() },
  )
  return new Map(rows.map(({ device, moment }) => [device, new Date(moment)]))
}
