import { readConfiguration } from '#features/configurator/server'
import { Failure, type Platform } from '#platform/server'
import type { AsBuilt } from '../core/index.ts'
import { isNow, ownerAmong, readHoldings } from './holdings/read-holdings.ts'
import { noSuchDevice, platesOf } from './read-devices.ts'

/**
 * What a machine was built as, for somebody of a company that has a role towards it now; 404 for everybody else. The configuration belongs to the
 * machine, whoever owns it; the order belongs to whoever had the machine first, and is told as long as he owns it.
 */
export async function ownAsBuilt(
  platform: Platform,
  { deviceId, companyId }: { deviceId: string; companyId: string },
): Promise<AsBuilt> {
  const holdings = await readHoldings(platform.database, [deviceId])
  const holds = holdings.some(holding => holding.companyId === companyId && isNow(holding))
  const [plate] = holds ? await platesOf(platform, [deviceId]) : []
  if (!plate) throw noSuchDevice()
  const ordered = holdings.find(({ role }) => role === 'owner')?.companyId === ownerAmong(holdings)?.companyId
  return {
    orderNumber: ordered ? plate.orderNumber : null,
    configuration: plate.configurationToken ? await modulesOf(platform, plate.configurationToken) : null,
  }
}

/** Without the token and without prices: whoever has the link of the sheet sees them there. null: the configuration is gone */
async function modulesOf({ database }: Platform, token: string): Promise<AsBuilt['configuration']> {
  try {
    const { productName, groups } = await readConfiguration(database, token, 'stranger')
    return { productName, modules: groups.map(({ name, items }) => ({ name, items })) }
  } catch (error) {
    if (error instanceof Failure && error.status === 404) return null
    throw error
  }
}
