import { Failure, type Platform } from '#platform/server'
import { readingLimits } from '../core/index.ts'

/**
 * Up to when a machine has reported, where its clock is ahead of ours; null: no further than now. Where the warehouse does not answer, as far as
 * readings may lie ahead at all.
 */
export async function spokenUntil({ warehouse, now }: Platform, deviceId: string): Promise<Date | null> {
  try {
    const [row] = await warehouse.query<{ moment: number }>(
      `select toUnixTimestamp64Milli(max(r.at)) as moment from reading_latest as r
       where device_id = {deviceId:UUID} having moment > {now:Int64}`,
      { deviceId, now: now().getTime() },
      { seconds: 2 },
    )
    return row ? new Date(row.moment) : null
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    return new Date(now().getTime() + readingLimits.ahead)
  }
}
