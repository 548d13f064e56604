import type { Platform } from '#platform/server'

export interface Kept {
  /** as they were measured, about: what came twice may count twice for some time */
  readings: number
  hours: number
  /** The first of a month (UTC, in milliseconds since 1970) before which there are values by the hour alone; null: nowhere. */
  hourlyUntil: number | null
}

/**
 * What the warehouse has. It is asked what it holds, and no note elsewhere says it: so it stays true where the warehouse or the database was
 * restored to another moment than the other.
 */
export async function readKept({ warehouse }: Platform): Promise<Kept> {
  const [raw, hours] = await Promise.all([
    warehouse.query<{ rows: number; edge: number }>(
      `select count() as rows, toUnixTimestamp(toStartOfMonth(min(r.at))) as edge from reading as r`,
    ),
    warehouse.query<{ rows: number; edge: number }>(
      `select count() as rows, toUnixTimestamp(addMonths(toStartOfMonth(max(h.hour)), 1)) as edge from reading_hour as h`,
    ),
  ])
  const [readings, byHour] = [raw[0]!.rows, hours[0]!.rows]
  const edge = readings > 0 ? raw[0]!.edge : hours[0]!.edge
  return { readings, hours: byHour, hourlyUntil: byHour > 0 ? edge * 1000 : null }
}
