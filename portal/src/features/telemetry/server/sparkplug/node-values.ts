import { propertyKeys } from '#features/devices/core'
import { controlsOfDevices } from '#features/devices/server'
import type { Platform } from '#platform/server'
import { declaredOf } from '../declared.ts'
import type { HeardMessage } from './edge-nodes.ts'

/** What an edge node said of settings and commands of its type, and of itself, all of which are metrics to Sparkplug. */
export interface NodeValues {
  deviceId: string
  receivedAt: Date
  /** it says how everything stands, whatever it was told before */
  birth: boolean
  /** by the key of the setting, command or property: number, boolean or text */
  values: ReadonlyMap<string, unknown>
}

/** Is handed them after the readings of the same messages are kept, and may be handed the same again. */
export type NodeValuesTaker = (said: readonly NodeValues[], platform: Platform) => Promise<void>

/** Parts what edge nodes say: readings stay in the messages, what is of settings, commands and the node itself is the rest. A metric of the same key goes before. */
export async function partNodeValues(
  platform: Platform,
  heard: readonly HeardMessage[],
): Promise<{ heard: HeardMessage[]; said: NodeValues[] }> {
  const declared = await declaredOf(platform, new Set(heard.map(({ message }) => message.deviceId)))
  const isMetric = (deviceId: string, key: string) => declared.get(deviceId)?.has(key) ?? false
  const others = heard.filter(({ message, followed }) =>
    followed?.readings.some(({ metric }) => !isMetric(message.deviceId, metric)),
  )
  const controls = await controlsOfDevices(platform.database, [...new Set(others.map(({ message }) => message.deviceId))])
  const keys = new Map(
    [...controls].map(([id, { settings, commands }]) => [id, new Set([...settings, ...commands].map(({ key }) => key))]),
  )
  const said: NodeValues[] = []
  const left = heard.map(({ message, followed }) => {
    const { deviceId, receivedAt } = message
    if (!followed) return { message, followed }
    const known = keys.get(deviceId)
    const isOther = (key: string) => (known?.has(key) || propertyKeys.has(key)) && !isMetric(deviceId, key)
    const values = new Map(followed.readings.flatMap(({ metric, value }) => (isOther(metric) ? [[metric, value]] : [])))
    if (values.size === 0) return { message, followed }
    said.push({ deviceId, receivedAt, birth: followed.birth, values })
    return { message, followed: { ...followed, readings: followed.readings.filter(({ metric }) => !values.has(metric)) } }
  })
  return { heard: left, said }
}
