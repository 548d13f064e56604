import { machinesToWatch, noSuchDevice, type OpenTo } from '#features/devices/server'
import { readHealth } from '#features/diagnosis/server'
import { readStanding, type StateSources } from '#features/fleet/server'
import { readMetrics } from '#features/telemetry/server'
import type { Account, Platform } from '#platform/server'
import type { ShownMachine } from '../core/index.ts'

/**
 * How one machine is, for a page of another site; 404 where the account may not watch it now. What tells of its connection alone (what was
 * refused, who shared its identity) stays in the portal.
 */
export async function readShown(
  platform: Platform,
  account: Account | null,
  { openTo, ...sources }: StateSources & { openTo: OpenTo },
  deviceId: string,
): Promise<ShownMachine> {
  const [machine] = await machinesToWatch(platform, account, deviceId)
  if (!machine) throw noSuchDevice()
  const [standing, metrics, health] = await Promise.all([
    readStanding(platform, account, { ...sources, openTo }, deviceId),
    readMetrics(platform, account, deviceId),
    readHealth(platform, account, { deviceId, openTo }),
  ])
  const { id, serial, model, site } = machine
  return {
    ...{ id, serial, model, site, standing, health },
    side: sideOf(account),
    metrics: { ...metrics, refused: [], below: [], clonedAt: null, clonedTimes: 0 },
  }
}

/** Whose pages of machines are open to an account. */
export const sideOf = (account: Account | null): ShownMachine['side'] => (account?.kind === 'staff' ? 'console' : 'own')
