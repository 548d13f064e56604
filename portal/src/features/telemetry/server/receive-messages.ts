import type { DeviceMessage, Platform } from '#platform/server'
import { type DeclaredMetric, judge, readJson } from '../core/index.ts'
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
  for (const rows of piecesOf(taken)) await platform.warehouse.insert('readings_taken', rows, { batchId: platform.newId() })
  for (const take of takers) await take(taken, platform)
}

const nothing: ReadonlyMap<string, DeclaredMetric> = new Map()

const isReadings = ({ topic, sparkplug }: DeviceMessage): boolean => sparkplug === null && topic === readingsTopic

/** Readings of one insert, about. */
const piece = 50_000

/** As warehouse/0005-readings-taken.sql takes them: a row for each message. `at` in milliseconds since 1970, which is how DateTime64(3) is counted */
interface TakenRow {
  device_id: string
  metric: string[]
  at: number[]
  scaled: number[]
}

function* piecesOf(taken: readonly TakenReadings[]): Generator<TakenRow[]> {
  let [rows, count]: [TakenRow[], number] = [[], 0]
  for (const { deviceId, readings } of taken) {
    rows.push({
      device_id: deviceId,
      metric: readings.map(({ metric }) => metric),
      at: readings.map(({ at }) => at),
      scaled: readings.map(({ scaled }) => scaled),
    })
    count += readings.length
    if (count < piece) continue
    yield rows
    ;[rows, count] = [[], 0]
  }
  if (rows.length > 0) yield rows
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
