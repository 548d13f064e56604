import { metricsOfDevices } from '#features/devices/server'
import type { Platform } from '#platform/server'
import type { DeclaredMetric } from '../core/index.ts'

type Declared = ReadonlyMap<string, DeclaredMetric>

/** How long a type that was changed may still be read as before, in milliseconds. */
const fresh = 5000
/** Devices that are remembered; beyond, all are forgotten. */
const most = 50_000

const known = new WeakMap<Platform, Map<string, { declared: Declared; until: number }>>()

/** What devices may report, by device and key of the metric. A device without a type has none. Remembered for some seconds. */
export async function declaredOf(platform: Platform, deviceIds: ReadonlySet<string>): Promise<Map<string, Declared>> {
  const memory = known.get(platform) ?? new Map<string, { declared: Declared; until: number }>()
  known.set(platform, memory)
  const now = platform.now().getTime()
  const missing = [...deviceIds].filter(id => (memory.get(id)?.until ?? 0) <= now)
  if (missing.length > 0) {
    const found = await metricsOfDevices(platform.database, missing)
    if (memory.size > most) memory.clear()
    for (const id of missing) memory.set(id, { declared: byKey(found.get(id) ?? []), until: now + fresh })
  }
  return new Map([...deviceIds].map(id => [id, memory.get(id)?.declared ?? new Map()]))
}

const byKey = (metrics: readonly DeclaredMetric[]): Declared => new Map(metrics.map(metric => [metric.key, metric]))
