import type { ControlValue } from '#features/devices/core'
import type { Platform } from '#platform/server'
import { type BornMetric, metricKeyOf, type SparkplugType, sparkplugTypes, textType } from '../../core/index.ts'
import type { TelemetryTables } from '../tables.ts'
import { type WrittenMetric, writeSparkplug } from './write-payload.ts'

/**
 * Writes values to metrics that an edge node declared, by their keys and in their order: NCMD for its own, DCMD for those of a device
 * below it. What it declared none of is left out. stranger: it is no edge node, or declared none of them. away: it, or a device, is not
 * there; it declares itself when it comes back
 */
export async function writeToNode(
  { database, broker, now }: Platform,
  deviceId: string,
  values: readonly (readonly [key: string, value: ControlValue])[],
): Promise<{ kind: 'told'; keys: string[] } | { kind: 'away' | 'stranger' }> {
  const node = await database
    .db<TelemetryTables>()
    .selectFrom('sparkplug_node')
    .select(['metrics', 'state'])
    .where('device_id', '=', deviceId)
    .executeTakeFirst()
  const born = new Map(node?.metrics.map(metric => [metricKeyOf(metric.device, metric.name), metric]))
  const written = values.flatMap(([key, value]) => {
    const metric = born.get(key)
    return metric ? [{ key, device: metric.device, metric: writtenAs(metric, value) }] : []
  })
  if (!node || written.length === 0) return { kind: 'stranger' }
  const { alive, group, devices } = node.state
  if (!alive || written.some(({ device }) => device !== null && !devices[device]?.alive)) return { kind: 'away' }
  for (const [device, own] of Map.groupBy(written, one => one.device)) {
    const topic = device === null ? { group, type: 'NCMD' as const } : { group, type: 'DCMD' as const, device }
    const payload = writeSparkplug({ timestamp: now().getTime(), metrics: own.map(({ metric }) => metric) })
    if ((await broker.publish({ deviceId, topic, payload })) === 'full') return { kind: 'away' }
  }
  return { kind: 'told', keys: written.map(({ key }) => key) }
}

const names = new Map(Object.entries(sparkplugTypes).map(([name, number]) => [number as number, name as SparkplugType]))

/** By name and alias, as a birth may have either; in its type, a whole number where that has no fractions. */
function writtenAs({ name, alias, type }: BornMetric, value: ControlValue): WrittenMetric {
  const called = { name, ...(alias === null ? {} : { alias: Number(alias) }) }
  const known = names.get(type)
  if (typeof value === 'string' || type === textType || !known) return { ...called, type: 'String', value: String(value) }
  if (known === 'Boolean') return { ...called, type: known, value: Boolean(value) }
  const number = Number(value)
  return { ...called, type: known, value: known === 'Float' || known === 'Double' ? number : Math.round(number) }
}
