import { sql } from 'kysely'
import type { DeviceMessage, DeviceNotice, Platform } from '#platform/server'
import { type BornMetric, type EdgeNode, type Followed, follow, type SparkplugPayload, unknownNode } from '../../core/index.ts'
import { noticeDevices } from '../notice-devices.ts'
import type { TelemetryTables } from '../tables.ts'
import { readSparkplug } from './read-payload.ts'
import { writeSparkplug } from './write-payload.ts'

interface Known {
  /** 0: it is in no table yet */
  version: number
  birth: number
  born: readonly BornMetric[]
  node: EdgeNode
}

type SparkplugMessage = DeviceMessage & { sparkplug: NonNullable<DeviceMessage['sparkplug']> }
type Read = { message: SparkplugMessage; payload: SparkplugPayload }

/** What one message of an edge node says. followed null: it could not be read */
export interface HeardMessage {
  message: DeviceMessage
  followed: Followed | null
}

/**
 * Reads messages of edge nodes, has what they say kept by `keep`, and then notes how the nodes stand: in this order, so that what comes
 * again after a failure is not taken for a repetition. Nodes of which something is missing are asked to be born again.
 */
export async function hearNodes(
  platform: Platform,
  messages: readonly DeviceMessage[],
  keep: (heard: HeardMessage[]) => Promise<void>,
): Promise<void> {
  const spoken = messages.filter((message): message is SparkplugMessage => message.sparkplug !== null)
  const read = new Map<SparkplugMessage, SparkplugPayload | null>(spoken.map(one => [one, readSparkplug(one.payload)]))
  const legible = spoken.flatMap(message => {
    const payload = read.get(message)
    return payload ? [{ message, payload }] : []
  })
  const byDevice = Map.groupBy(legible, ({ message }) => message.deviceId)
  const before = await nodesOf(platform, [...byDevice.keys()])
  const told = new Map<DeviceMessage, Followed>()
  const after = new Map<string, Known>()
  for (const [deviceId, said] of byDevice) after.set(deviceId, followAll(platform, before.get(deviceId), said, told))
  await keep(spoken.map(message => ({ message, followed: told.get(message) ?? null })))
  await noteNodes(platform, byDevice, before, after)
  await noticeDevices(connectionsOf(before, after), platform)
  for (const [message, { rebirth }] of told) if (rebirth) await askForBirth(platform, message as SparkplugMessage)
}

/** Ms for which a message that was passed over may come later: none by our own broker, which keeps the order of each device. */
const patienceOf = ({ broker }: Platform): number => (broker.state().kind === 'embedded' ? 0 : 5000)

function followAll(
  platform: Platform,
  before: Known | undefined,
  said: readonly Read[],
  told?: Map<DeviceMessage, Followed>,
): Known {
  let { version, birth, born, node } = before ?? nobody(said[0]!.message.sparkplug.group)
  for (const { message, payload } of said) {
    const { group, type, device } = message.sparkplug
    const followed = follow(node, born, { group, type, device, payload, at: message.receivedAt.getTime() }, patienceOf(platform))
    if (followed.born !== born) birth++
    ;({ born, node } = followed)
    told?.set(message, followed)
  }
  return { version: version + 1, birth, born, node }
}

const nobody = (group: string): Known => ({ version: 0, birth: 0, born: [], node: unknownNode(group) })

/** What births declared is long and seldom changes: it is read once. Beyond so many nodes all are forgotten. */
const mostRemembered = 20_000
const remembered = new WeakMap<Platform, Map<string, { birth: number; born: readonly BornMetric[] }>>()

function memoryOf(platform: Platform) {
  const memory = remembered.get(platform) ?? new Map<string, { birth: number; born: readonly BornMetric[] }>()
  remembered.set(platform, memory)
  if (memory.size > mostRemembered) memory.clear()
  return memory
}

async function nodesOf(platform: Platform, deviceIds: readonly string[], lock = false): Promise<Map<string, Known>> {
  if (deviceIds.length === 0) return new Map()
  const memory = memoryOf(platform)
  const asked = deviceIds.map(device_id => ({ device_id, birth: memory.get(device_id)?.birth ?? -1 }))
  const { rows } = await sql<{
    device_id: string
    version: number
    birth: number
    metrics: BornMetric[] | null
    state: EdgeNode
  }>`
    select n.device_id, n.version, n.birth, n.state, case when n.birth = k.birth then null else n.metrics end as metrics
    from sparkplug_node n join jsonb_to_recordset(${JSON.stringify(asked)}::jsonb) as k(device_id uuid, birth integer) using (device_id)
    order by n.device_id ${lock ? sql`for update of n` : sql``}`.execute(platform.database.db<TelemetryTables>())
  return new Map(
    rows.map(({ device_id, version, birth, metrics, state }) => {
      if (metrics) memory.set(device_id, { birth, born: metrics })
      return [device_id, { version, birth, node: state, born: metrics ?? memory.get(device_id)!.born }]
    }),
  )
}

/** Where another process noted something of a node meanwhile, what was said here is followed from there. */
async function noteNodes(
  platform: Platform,
  said: ReadonlyMap<string, readonly Read[]>,
  before: ReadonlyMap<string, Known>,
  after: Map<string, Known>,
): Promise<void> {
  if (after.size === 0) return
  const { database } = platform
  await database.transaction(async () => {
    const now = await nodesOf(platform, [...after.keys()], true)
    for (const [deviceId, known] of now)
      if (known.version !== (before.get(deviceId)?.version ?? 0))
        after.set(deviceId, followAll(platform, known, said.get(deviceId)!))
    const rows = [...after].map(([device_id, { version, birth, born, node }]) => {
      const same = now.get(device_id)?.birth === birth
      return { device_id, version, birth, metrics: same ? null : born, state: node }
    })
    await sql`
      insert into sparkplug_node (device_id, version, birth, metrics, state)
      select t.device_id, t.version, t.birth, coalesce(t.metrics, '[]'), t.state
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as t(device_id uuid, version integer, birth integer, metrics jsonb, state jsonb)
      where exists (select from device d where d.id = t.device_id)
      order by t.device_id
      on conflict (device_id) do update set version = excluded.version, birth = excluded.birth, state = excluded.state,
        metrics = case when sparkplug_node.birth = excluded.birth then sparkplug_node.metrics else excluded.metrics end`.execute(
      database.db<TelemetryTables>(),
    )
  })
  const memory = memoryOf(platform)
  for (const [deviceId, { birth, born }] of after) memory.set(deviceId, { birth, born })
}

/** A broker outside does not say who is connected: births and deaths do. */
function connectionsOf(before: ReadonlyMap<string, Known>, after: ReadonlyMap<string, Known>): DeviceNotice[] {
  return [...after].flatMap(([deviceId, { node }]) => {
    if (node.since === 0 || (before.get(deviceId)?.node.alive ?? null) === node.alive) return []
    return [{ kind: node.alive ? ('connected' as const) : ('disconnected' as const), deviceId, at: new Date(node.since) }]
  })
}

async function askForBirth({ broker, now, log }: Platform, { deviceId, sparkplug: { group } }: SparkplugMessage): Promise<void> {
  const payload = writeSparkplug({
    timestamp: now().getTime(),
    metrics: [{ name: 'Node Control/Rebirth', type: 'Boolean', value: true }],
  })
  const published = await broker.publish({ deviceId, topic: { group, type: 'NCMD' }, payload })
  log.info({ deviceId, published }, 'an edge node was asked for its births')
}

/** Devices below the edge node of a machine, by name. from: what is known of before is not told */
export async function nodesBelow({ database }: Platform, deviceId: string, from: Date | null) {
  const row = await database
    .db<TelemetryTables>()
    .selectFrom('sparkplug_node')
    .select('state')
    .where('device_id', '=', deviceId)
    .executeTakeFirst()
  const since = from?.getTime() ?? 0
  return Object.entries(row?.state.devices ?? {})
    .filter(([, device]) => device.alive || device.since >= since)
    .map(([name, device]) => ({ name, connected: device.alive, since: new Date(Math.max(device.since, since)).toISOString() }))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
}
