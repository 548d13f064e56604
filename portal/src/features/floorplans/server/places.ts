import { intervalsOfManufacturer, withinPresent } from '#features/devices/server'
import type { Account, Platform } from '#platform/server'
import type { FloorPlanTables } from './tables.ts'

/** Where a machine stands on a plan. */
export interface KeptPlace {
  planId: string
  companyId: string
  deviceId: string
  x: number
  y: number
  at: Date
}

/** Of which plans: of one, or of a company; left out: of all. */
interface Which {
  planId?: string
  companyId?: string
}

/**
 * Where machines stand, as far as a reader may know. A place holds while the company may watch the machine without a break: one that was sold
 * is gone from its plan at once, and comes back to none. Staff are not shown what the owner keeps from the manufacturer.
 */
export async function placesSeenBy(
  platform: Platform,
  reader: Pick<Account, 'kind'>,
  { planId, companyId }: Which,
): Promise<KeptPlace[]> {
  const rows = await platform.database
    .db<FloorPlanTables>()
    .selectFrom('floor_plan_place')
    .select(['plan_id as planId', 'company_id as companyId', 'device_id as deviceId', 'x', 'y', 'placed_at as at'])
    .$if(planId !== undefined, query => query.where('plan_id', '=', planId!))
    .$if(companyId !== undefined, query => query.where('company_id', '=', companyId!))
    .execute()
  const held = await withinPresent(platform, rows)
  if (reader.kind === 'customer') return held
  const ids = [...new Set(held.map(({ deviceId }) => deviceId))]
  const open = (await intervalsOfManufacturer(platform, ids)).filter(({ until }) => until === null)
  const shown = new Set(open.map(({ deviceId }) => deviceId))
  return held.filter(({ deviceId }) => shown.has(deviceId))
}
