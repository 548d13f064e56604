import type { Platform } from '#platform/server'
import { isVisible, visibleTo } from '../../core/index.ts'
import { readHoldings } from './read-holdings.ts'

/** When something was said of a machine by whoever is of a company. */
interface Said {
  companyId: string
  deviceId: string
  at: Date
}

/**
 * Of what companies said of machines, that which they said in a time which is theirs and lasts. What was said before a machine was sold and
 * bought back, or before somebody was let in anew, is not among it.
 */
export async function withinPresent<One extends Said>(
  { database }: Pick<Platform, 'database'>,
  said: readonly One[],
): Promise<One[]> {
  const known = await readHoldings(database, [...new Set(said.map(({ deviceId }) => deviceId))])
  const holdings = Map.groupBy(known, ({ deviceId }) => deviceId)
  return said.filter(({ companyId, deviceId, at }) => {
    const times = visibleTo({ kind: 'company', companyId }, holdings.get(deviceId) ?? [])
    return isVisible(
      at,
      times.filter(({ until }) => until === null),
    )
  })
}
