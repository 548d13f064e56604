import type { Platform } from '#platform/server'
import { type HealthPoint, healthHistory } from './health.ts'
import type { DiagnosisTables } from './tables.ts'

/** How an index went by what is usual at the machine now. */
export interface HealthCourse {
  /** where it changed, oldest first; the first is what it was when the course begins, where that is known */
  points: HealthPoint[]
  /** by the machine's clock: until here it was judged, and stayed as it was last */
  until: Date
}

/**
 * The course of a machine's index (component null) or a component's, from a moment on. What was before the machine learned what is usual was held
 * against something else and is left out; null while it learns. Whoever shows it cuts it by `visibleIntervals`.
 */
export async function healthCourse(
  platform: Platform,
  deviceId: string,
  component: string | null,
  from: Date,
): Promise<HealthCourse | null> {
  const db = platform.database.db<DiagnosisTables>()
  const row = await db
    .selectFrom('device_diagnosis')
    .select(['known_since', 'assessed_until'])
    .where('device_id', '=', deviceId)
    .executeTakeFirst()
  if (!row?.known_since || !row.assessed_until) return null
  const begin = row.known_since > from ? row.known_since : from
  const [held, points] = await Promise.all([
    db
      .selectFrom('device_health')
      .select('index')
      .where('device_id', '=', deviceId)
      .where('component', '=', component ?? '')
      .where('at', '<', begin)
      .orderBy('at', 'desc')
      .limit(1)
      .executeTakeFirst(),
    healthHistory(platform, deviceId, component, { from: begin, until: new Date(row.assessed_until.getTime() + 1) }),
  ])
  const first = held && points[0]?.at.getTime() !== begin.getTime() ? [{ at: begin, index: held.index }] : []
  return { points: [...first, ...points], until: row.assessed_until }
}
