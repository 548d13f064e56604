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
    warehouse.query<Rows>('select count() as rows, toYYYYMM(min(r.at)) as month from reading as r'),
    warehouse.query<Rows>('select count() as rows, toYYYYMM(max(h.hour)) as month from reading_hour as h'),
  ])
  const [readings, byHour] = [raw[0]!, hours[0]!]
  const edge = readings.rows > 0 ? firstOf(readings.month) : firstOf(byHour.month + 1)
  return { readings: readings.rows, hours: byHour.rows, hourlyUntil: byHour.rows > 0 ? edge : null }
}

interface Rows {
  rows: number
  /** 202511 */
  month: number
}

/** The month after December may be a thirteenth. */
const firstOf = (month: number): number => Date.UTC(Math.floor(month / 100), (month % 100) - 1)

/** How long it is remembered, in milliseconds: every chart asks, and so does each batch with readings of months ago. */
const fresh = 10_000
const remembered = new WeakMap<Platform['database'], { edge: Promise<number | null>; until: number }>()

/** `hourlyUntil` of `readKept`, as it was some seconds ago at most. */
export function hourlyEdge(platform: Platform): Promise<number | null> {
  const known = remembered.get(platform.database)
  if (known && known.until > performance.now()) return known.edge
  const edge = readKept(platform).then(({ hourlyUntil }) => hourlyUntil)
  edge.catch(() => remembered.delete(platform.database))
  remembered.set(platform.database, { edge, until: performance.now() + fresh })
  return edge
}

/** It has moved just now. */
export const forgetHourlyEdge = ({ database }: Platform): boolean => remembered.delete(database)
