import type { DeviceMessage, Platform } from '#platform/server'
import { type DeclaredMetric, judge, readJson, type SaidMessage, type SaidReading } from '../core/index.ts'
import { declaredOf } from './declared.ts'
import { firstHeard } from './first-heard.ts'
import { hearPresence, presenceTopic } from './hear-presence.ts'
import { takenSinceFor } from './retention/taken-since.ts'
import { type HeardMessage, hearNodes } from './sparkplug/edge-nodes.ts'
import { type NodeValuesTaker, partNodeValues } from './sparkplug/node-values.ts'
import type { ReadingTaker, TakenReadings } from './taken.ts'
import { textOf } from './text-of.ts'

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
  valuesTakers: readonly NodeValuesTaker[] = [],
): Promise<void> {
  for (const message of messages) if (isUnread(message)) platform.broker.refuse(message.deviceId, 'unread-topic')
  const presences = messages.filter(isPresence)
  if (presences.length > 0) await hearPresence(platform, presences)
  const plain = await sayPlainly(platform, messages.filter(isReadings))
  if (!messages.some(({ sparkplug }) => sparkplug !== null)) return keepAll(platform, plain, takers)
  await hearNodes(platform, messages, async all => {
    const { heard, said } = await partNodeValues(platform, all)
    await keepAll(platform, [...plain, ...heard.map(sayBySparkplug)], takers)
    for (const take of said.length > 0 ? valuesTakers : []) await take(said, platform)
  })
}

/** What machines say to other features, here to `controls`, `devices` and `vibration`: who reads it counts what is wrong with it. */
const readByOthers: ReadonlySet<string> = new Set(['settings', 'commands', 'certificate', 'nameplate', 'waveforms'])

const isReadings = ({ topic, sparkplug }: DeviceMessage): boolean => sparkplug === null && topic === readingsTopic
const isPresence = ({ topic, sparkplug }: DeviceMessage): boolean => sparkplug === null && topic === presenceTopic
const isUnread = (message: DeviceMessage): boolean =>
  message.sparkplug === null && !isReadings(message) && !isPresence(message) && !readByOthers.has(message.topic)

/** What one message says. said null: it cannot be read */
interface Said {
  deviceId: string
  receivedAt: Date
  /** the moment of readings that do not say theirs */
  unsaidAt: Date
  said: Pick<SaidMessage, 'readings' | 'sentAt'> | null
  /** it names all there is, whether or not the machine's type knows it */
  birth: boolean
  /** values of which nobody can say what they are */
  unborn: number
}

async function sayPlainly(platform: Platform, messages: readonly DeviceMessage[]): Promise<Said[]> {
  const all = messages.map(message => {
    const text = textOf(message.payload)
    return { message, said: text === null ? null : readJson(text) }
  })
  // where each reading says when it was, the same message again changes nothing
  const numbered = all.flatMap(({ message, said }) =>
    said?.sequence && said.readings.some(({ at }) => at === undefined) ? [{ message, sequence: said.sequence }] : [],
  )
  const first = numbered.length === 0 ? null : await firstHeard(platform, numbered)
  return all.map(({ message, said }) => {
    const { deviceId, receivedAt } = message
    return { deviceId, receivedAt, unsaidAt: first?.get(message) ?? receivedAt, said, birth: false, unborn: 0 }
  })
}

function sayBySparkplug({ message: { deviceId, receivedAt }, followed }: HeardMessage): Said {
  const heard = { deviceId, receivedAt, unsaidAt: receivedAt }
  if (!followed) return { ...heard, said: null, birth: false, unborn: 0 }
  const { readings, sentAt, birth, unborn } = followed
  return { ...heard, said: { readings, sentAt }, birth, unborn }
}

/** What the portal itself reckoned of what a machine said. */
export interface ComputedReadings {
  deviceId: string
  /** when what it was reckoned from came: by that its time is judged */
  receivedAt: Date
  readings: readonly SaidReading[]
}

/** Keeps what was computed of machines as if they had said it: by their types, once per moment, handed to the takers. */
export const keepComputed = (platform: Platform, computed: readonly ComputedReadings[], takers: readonly ReadingTaker[]) =>
  keepAll(
    platform,
    computed.map(({ deviceId, receivedAt, readings }) => ({
      ...{
        deviceId,
        receivedAt,
        unsaidAt: receivedAt,
        said: { readings: [...readings], sentAt: undefined },
        birth: false,
        unborn: 0,
      },
    })),
    takers,
  )

async function keepAll(platform: Platform, said: readonly Said[], takers: readonly ReadingTaker[]): Promise<void> {
  if (said.length === 0) return
  const declared = await declaredOf(platform, new Set(said.map(({ deviceId }) => deviceId)))
  const judgedOnes = said.map(message => judged(platform, message, declared.get(message.deviceId) ?? nothing))
  const taken = (await withoutTooOld(platform, judgedOnes)).filter(({ readings }) => readings.length > 0)
  if (taken.length === 0) return
  for (const rows of piecesOf(taken))
    await platform.warehouse.insert('readings_taken', rows, { batchId: platform.newId(), shownIn: ['reading', 'reading_latest'] })
  for (const take of takers) await take(taken, platform)
}

/** Of a time of which only values by the hour are kept no reading is taken in: it could not be added to them. */
async function withoutTooOld(platform: Platform, judged: readonly TakenReadings[]): Promise<readonly TakenReadings[]> {
  const since = await takenSinceFor(platform, judged)
  if (since === 0) return judged
  return judged.map(({ deviceId, receivedAt, readings }) => {
    const kept = readings.filter(({ at }) => at >= since)
    for (let i = kept.length; i < readings.length; i++) platform.broker.refuse(deviceId, 'time')
    return { deviceId, receivedAt, readings: kept }
  })
}

const nothing: ReadonlyMap<string, DeclaredMetric> = new Map()

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

function judged(
  platform: Platform,
  { deviceId, receivedAt, unsaidAt, said, birth, unborn }: Said,
  declared: ReadonlyMap<string, DeclaredMetric>,
): TakenReadings {
  if (said === null) {
    platform.broker.refuse(deviceId, 'payload')
    return { deviceId, receivedAt, readings: [] }
  }
  const { readings, refused } = judge(said, declared, receivedAt.getTime(), unsaidAt.getTime())
  for (const { reason } of refused) if (!birth || reason !== 'unknown-metric') platform.broker.refuse(deviceId, reason)
  for (let i = 0; i < unborn; i++) platform.broker.refuse(deviceId, 'unborn')
  return { deviceId, receivedAt, readings }
}
