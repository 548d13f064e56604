import { readingLimits, type SaidReading } from '../reading.ts'
import { meantBy, metricKeyOf, type SparkplugMetric, type SparkplugPayload } from './payload.ts'

/** A metric that a birth declared. */
export interface BornMetric {
  /** of Sparkplug, below the edge node; null: the edge node's own */
  device: string | null
  name: string
  alias: string | null
  type: number
}

/** How an edge node stands, as its messages told. It is kept in the database: the next message may come to another portal process. */
export interface EdgeNode {
  /** of Sparkplug, by which it is called */
  group: string
  alive: boolean
  /** since when, milliseconds since 1970 */
  since: number
  /** number of its connection: a death is of the birth with the same number. null: it says none */
  bdSeq: number | null
  /** of the last message in order; null: none is counted yet */
  seq: number | null
  /** numbers that were passed over, since when; they may still come, where several processes take messages */
  missing: number[]
  missingSince: number | null
  /** sequence number and time of the last messages: whatever is the same came twice */
  recent: [seq: number, timestamp: number][]
  /** when it was last asked to be born again; null: never */
  askedAt: number | null
  /** devices below it */
  devices: Record<string, { alive: boolean; since: number }>
}

export interface Heard {
  group: string
  type: 'NBIRTH' | 'NDATA' | 'NDEATH' | 'DBIRTH' | 'DDATA' | 'DDEATH'
  device: string | null
  payload: SparkplugPayload
  /** milliseconds since 1970 */
  at: number
}

export interface Followed {
  node: EdgeNode
  /** what is declared now; the same list where it is the same */
  born: readonly BornMetric[]
  readings: SaidReading[]
  /** by it the clock is set right; undefined: nothing shows that it is wrong */
  sentAt: number | undefined
  /** a birth names everything the node has, whether or not the machine's type knows it */
  birth: boolean
  /** metrics of which nobody can say what they are */
  unborn: number
  /** the node is to be asked for its births */
  rebirth: boolean
}

/** Milliseconds between two requests to be born again. */
export const rebirthEvery = 60_000
const mostRecent = 16
const half = 128

export const unknownNode = (group: string): EdgeNode => ({
  ...{ group, alive: false, since: 0, bdSeq: null, seq: null, askedAt: null },
  ...{ missing: [], missingSince: null, recent: [], devices: {} },
})

/**
 * What a message of an edge node says, and how the node stands after it. patience: milliseconds for which a number that was passed over
 * may still come: 0 where messages come in order.
 */
export function follow(before: EdgeNode, born: readonly BornMetric[], heard: Heard, patience: number): Followed {
  const { type, device, payload, at } = heard
  const nothing: Followed = { node: before, born, readings: [], sentAt: undefined, birth: false, unborn: 0, rebirth: false }
  if (type === 'NDEATH') return { ...nothing, node: died(before, heard) }
  const repeated = isRepeated(before, payload)
  if (type === 'NBIRTH') {
    const metrics = declaredIn(payload, null)
    if (repeated && before.alive) return { ...nothing, birth: true, ...readAll(payload, null, metrics, at) }
    return { ...nothing, node: nodeBorn(before, heard), born: metrics, birth: true, ...readAll(payload, null, metrics, at) }
  }
  if (repeated) return nothing
  const known = before.alive && before.group === heard.group
  const counted = known ? count(before, payload, at) : before
  const [node, followed] = ((): [EdgeNode, Partial<Followed>] => {
    if (type === 'DBIRTH') {
      const own = declaredIn(payload, device)
      const all = [...born.filter(one => one.device !== device), ...own].slice(0, readingLimits.readings)
      return [
        withDevice(counted, device!, true, at),
        { ...(known ? { born: all } : {}), birth: true, ...readAll(payload, device, own, at) },
      ]
    }
    if (type === 'DDEATH') return [withDevice(counted, device!, false, at), {}]
    return [counted, readAll(payload, device, known ? born : [], at)]
  })()
  const lost = node.missingSince !== null && at - node.missingSince >= patience
  const stranger = !known || (type === 'DDATA' && !before.devices[device!]?.alive)
  const needed = lost || stranger || (followed.unborn ?? 0) > 0
  const rebirth = needed && (before.askedAt === null || Math.abs(at - before.askedAt) >= rebirthEvery)
  const asked = rebirth ? { ...node, group: heard.group, askedAt: at } : node
  return { ...nothing, ...followed, node: asked, rebirth }
}

/** A death of a connection before the last birth tells of nothing that is. */
function died(node: EdgeNode, { payload, at }: Heard): EdgeNode {
  const bdSeq = numberNamed(payload, 'bdSeq')
  if (!node.alive || (bdSeq !== null && node.bdSeq !== null && bdSeq !== node.bdSeq)) return node
  const devices = Object.entries(node.devices).map(([name, one]) => [name, one.alive ? { alive: false, since: at } : one])
  return { ...node, alive: false, since: at, devices: Object.fromEntries(devices) }
}

const nodeBorn = (before: EdgeNode, { group, payload, at }: Heard): EdgeNode => ({
  ...unknownNode(group),
  alive: true,
  since: before.alive ? before.since : at,
  bdSeq: numberNamed(payload, 'bdSeq'),
  seq: payload.seq ?? null,
  recent: remembered([], payload),
  askedAt: before.askedAt,
})

/** A node that says everywhere when it sent is known by that; where it does not, nothing is taken for a repetition. */
const isRepeated = ({ recent }: EdgeNode, { seq, timestamp }: SparkplugPayload): boolean =>
  timestamp !== undefined && recent.some(([known, when]) => known === seq && when === timestamp)

const remembered = (recent: EdgeNode['recent'], { seq, timestamp }: SparkplugPayload): EdgeNode['recent'] =>
  seq === undefined || timestamp === undefined ? recent : [...recent, [seq, timestamp] as [number, number]].slice(-mostRecent)

/** Counts the sequence numbers, 0 to 255 and round again. */
function count(node: EdgeNode, payload: SparkplugPayload, at: number): EdgeNode {
  const { seq } = payload
  if (seq === undefined) return node
  const recent = remembered(node.recent, payload)
  if (node.seq === null) return { ...node, seq, recent }
  const ahead = (seq - node.seq - 1 + 256) % 256
  if (ahead === 0) return { ...node, seq, recent }
  if (ahead >= half && node.missing.includes(seq)) {
    const missing = node.missing.filter(one => one !== seq)
    return { ...node, recent, missing, missingSince: missing.length > 0 ? node.missingSince : null }
  }
  const passed = ahead < half ? Array.from({ length: ahead }, (_, i) => (node.seq! + 1 + i) % 256) : [(node.seq + 1) % 256]
  const missing = [...new Set([...node.missing, ...passed])].filter(one => one !== seq)
  return { ...node, seq, recent, missing, missingSince: node.missingSince ?? at }
}

const mostDevices = 200

function withDevice(node: EdgeNode, name: string, alive: boolean, at: number): EdgeNode {
  const known = node.devices[name]
  if (known?.alive === alive || (!known && Object.keys(node.devices).length >= mostDevices)) return node
  return { ...node, devices: { ...node.devices, [name]: { alive, since: at } } }
}

function declaredIn({ metrics }: SparkplugPayload, device: string | null): BornMetric[] {
  return metrics.flatMap(({ name, alias, type }) =>
    name === undefined || type === undefined || isControl(name) ? [] : [{ device, name, alias: alias ?? null, type }],
  )
}

/** What belongs to Sparkplug itself. */
const isControl = (name: string): boolean => name === 'bdSeq' || /^(Node|Device) Control\//.test(name)

const numberNamed = ({ metrics }: SparkplugPayload, wanted: string): number | null => {
  const value = metrics.find(({ name }) => name === wanted)?.value
  return typeof value === 'number' || typeof value === 'bigint' ? Number(value) : null
}

function readAll(payload: SparkplugPayload, device: string | null, born: readonly BornMetric[], at: number) {
  const [byAlias, byName] = [new Map<string, BornMetric>(), new Map<string, BornMetric>()]
  for (const metric of born) {
    if (metric.alias !== null) byAlias.set(metric.alias, metric)
    if (metric.device === device) byName.set(metric.name, metric)
  }
  const readings: SaidReading[] = []
  let unborn = 0
  for (const metric of payload.metrics) {
    const { name, alias } = metric
    if (name !== undefined && isControl(name)) continue
    const known = (alias === undefined ? undefined : byAlias.get(alias)) ?? (name === undefined ? undefined : byName.get(name))
    const type = known?.type ?? metric.type
    const called = known ? { device: known.device, name: known.name } : name === undefined ? null : { device, name }
    if (!called || type === undefined) unborn++
    else if (metric.value !== null) readings.push(said(metric, metricKeyOf(called.device, called.name), type, payload.timestamp))
  }
  return { readings, unborn, sentAt: sentAtOf(payload, at) }
}

const said = (metric: SparkplugMetric, key: string, type: number, timestamp: number | undefined): SaidReading => ({
  metric: key,
  value: meantBy(metric.value, type),
  at: metric.timestamp ?? timestamp,
})

/**
 * A message may have waited on its way, so that a clock which is behind shows only where it is behind by more than anything waits. What
 * is sent on from a store may carry the time of the store.
 */
function sentAtOf({ timestamp, metrics }: SparkplugPayload, at: number): number | undefined {
  if (timestamp === undefined || metrics.some(({ historical }) => historical)) return undefined
  return timestamp > at + readingLimits.skew || timestamp < at - readingLimits.behind ? timestamp : undefined
}
