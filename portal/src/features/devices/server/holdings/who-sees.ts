import type { Platform } from '#platform/server'
import { isVisible, visibleTo } from '../../core/index.ts'
import { isNow, readHoldings } from './read-holdings.ts'

/** For whom a moment of a machine is, while the machine still is theirs. */
export interface Seeing {
  companyIds: string[]
  manufacturer: boolean
}

/** Who may see what a machine reported at a moment and has to do with it now: the same rule as `visibleIntervals`, asked the other way round. */
export async function whoSees({ database }: Pick<Platform, 'database'>, deviceId: string, at: Date): Promise<Seeing> {
  const holdings = await readHoldings(database, [deviceId])
  const sees = (reader: Parameters<typeof visibleTo>[0]) => {
    const spans = visibleTo(reader, holdings)
    return isVisible(at, spans) && spans.some(({ until }) => until === null)
  }
  const holding = [...new Set(holdings.filter(isNow).map(({ companyId }) => companyId))]
  return { companyIds: holding.filter(companyId => sees({ kind: 'company', companyId })), manufacturer: sees({ kind: 'staff' }) }
}
