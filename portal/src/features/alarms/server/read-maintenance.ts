import type { RequestContext } from '#platform/server'
import { maintenanceUntil } from './maintenance.ts'
import { plannedAt } from './planned-maintenance.ts'
import { presentSight } from './sight.ts'

/** Whether a machine is out of service, and when it will be, for somebody who may see it now. */
export async function readMaintenance({ platform, account }: RequestContext, deviceId: string) {
  await presentSight(platform, account, deviceId)
  const [until, planned] = await Promise.all([
    maintenanceUntil(platform, deviceId),
    plannedAt(platform, deviceId, account?.companyId ?? null),
  ])
  return { until: until?.toISOString() ?? null, planned }
}
