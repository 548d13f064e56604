import { componentsOfDevices, metricsOfDevices } from '#features/devices/server'
import type { LocalizedText } from '#platform/core'
import type { Platform } from '#platform/server'
import { type Plan, planFor, type RateLimit } from '../core/index.ts'

/** How a machine is looked at, and what its parts are called. */
export interface NamedPlan {
  plan: Plan
  metrics: ReadonlyMap<string, LocalizedText>
  units: ReadonlyMap<string, string>
  components: ReadonlyMap<string, LocalizedText>
  /** of metrics of which it is declared how fast they can change */
  limits: ReadonlyMap<string, RateLimit>
}

/** By machine; those whose type declares nothing that can be watched have a plan that watches nothing. */
export async function plansOf({ database }: Platform, deviceIds: readonly string[]): Promise<Map<string, NamedPlan>> {
  const [metrics, components] = await Promise.all([
    metricsOfDevices(database, deviceIds),
    componentsOfDevices(database, deviceIds),
  ])
  return new Map(
    deviceIds.map(id => {
      const [measured, parts] = [metrics.get(id) ?? [], components.get(id) ?? []]
      return [
        id,
        {
          plan: planFor(
            measured,
            parts.map(({ key }) => key),
          ),
          metrics: new Map(measured.map(({ key, name }) => [key, name])),
          units: new Map(measured.map(({ key, unit }) => [key, unit])),
          limits: new Map(
            measured.flatMap(({ key, maxRate, decimals }) => (maxRate === null ? [] : [[key, { maxRate, decimals }] as const])),
          ),
          components: new Map(parts.map(({ key, name }) => [key, name])),
        },
      ]
    }),
  )
}
