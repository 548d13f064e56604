import type { DeviceMessage, Platform } from '#platform/server'
import { type DeclaredMetric, judge, type Reading, readJson } from '../core/index.ts'
import { declaredOf } from './declared.ts'
import type { ReadingTaker, TakenReadings } from './taken.ts'

/** Topics below the prefix of a device that carry readings. */
export const readingsTopic = 'readings'

/**
 * Keeps the readings of messages. They are on the disk when it resolves; where it throws, the same messages may come again, and nothing
 * is there twice. What is wrong with a reading is counted and shown at the machine, and the rest of its message is kept.
 */
export async function receiveMessages(
  messages: readonly DeviceMessage[],
  platform: Platform,
  takers: readonly ReadingTaker[],
): Promise<void> {
  const said = messages.filter(isReadings)
  for (const message of messages) if (!isReadings(message)) platform.broker.refuse(message.deviceId, 'unread-topic')
  if (said.length === 0) return
  const declared = await declaredOf(platform, new Set(said.map(({ deviceId }) => deviceId)))
  const taken = said
    .map(message => keep(platform, message, declared.get(message.deviceId) ?? nothing))
    .filter(({ readings }) => readings.length > 0)
  if (taken.length === 0) return
  const kept = taken.flatMap(({ deviceId, readings }) => readings.map(reading => rowOf(deviceId, reading)))
  for (let at = 0; at < kept.length; at += piece) {
    const rows = kept.slice(at, at + piece)
    await platform.warehouse.insert('reading', rows, { batchId: platform.newId() })
    await platform.warehouse.insert('reading_latest', newest(rows), { batchId: platform.newId() })
  }
  for (const take of takers) await take(taken, platform)
}

const nothing: ReadonlyMap<string, DeclaredMetric> = new Map()

const isReadings = ({ topic, sparkplug }: DeviceMessage): boolean => sparkplug === null && topic === readingsTopic

/** Rows of one insert. */
const piece = 50_000

interface ReadingRow {
  device_id: string
  metric: string
  /** milliseconds since 1970, which is how DateTime64(3) is counted */
  at: number
  scaled: number
}

function keep(
  platform: Platform,
  { deviceId, payload, receivedAt }: DeviceMessage,
  declared: ReadonlyMap<string, DeclaredMetric>,
): TakenReadings {
  const text = textOf(payload)
  const message = text === null ? null : readJson(text)
  if (message === null) {
    platform.broker.refuse(deviceId, 'payload')
    return { deviceId, receivedAt, readings: [] }
  }
  const { readings, refused } = judge(message, declared, receivedAt.getTime())
  for (const { reason } of refused) platform.broker.refuse(deviceId, reason)
  return { deviceId, receivedAt, readings }
}

const utf8 = new TextDecoder('utf-8', { fatal: true })

function textOf(payload: Uint8Array): string | null {
  try {
    return utf8.decode(payload)
  } catch {
    return null
  }
}

const rowOf = (deviceId: string, { metric, at, scaled }: Reading): ReadingRow => ({ device_id: deviceId, metric, at, scaled })

/** The last of each metric of each device. */
function newest(rows: readonly ReadingRow[]): ReadingRow[] {
  const last = new Map<string, ReadingRow>()
  for (const row of rows) {
    const key = `${row.device_id} ${row.metric}`
    const known = last.get(key)
    if (!known || known.at <= row.at) last.set(key, row)
  }
  return [...last.values()]
}
