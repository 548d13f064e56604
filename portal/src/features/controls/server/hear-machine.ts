import { sql } from 'kysely'
import { refusalOf } from '#features/devices/core'
import { controlsOfDevices } from '#features/devices/server'
import type { DeviceMessage, DeviceNotice, Platform } from '#platform/server'
import { longestMessage, mayFollow, readAcknowledgement, readReport, type SettingsReport, settle } from '../core/index.ts'
import { keepOutcomes, keepReports } from './keep-answers.ts'
import type { ControlTables } from './tables.ts'
import { sendCommands, sendSettings } from './tell-machine.ts'
import { tellPages } from './tell-pages.ts'

/**
 * Takes what machines say of their settings and commands. What cannot be read is counted at the machine. Those that speak at the same time are written together:
 * when a whole fleet is back, or many say more than they need, the readings of others wait behind a few statements, not behind some for each machine.
 */
export async function hearMachines(messages: readonly DeviceMessage[], platform: Platform): Promise<void> {
  const spoken = messages.filter(({ sparkplug, topic }) => sparkplug === null && (topic === 'settings' || topic === 'commands'))
  if (spoken.length === 0) return
  const counting = [...Map.groupBy(spoken, ({ deviceId }) => deviceId).values()].flatMap(own => own.slice(-mostAtOnce))
  await hearSettings(
    platform,
    counting.filter(({ topic }) => topic === 'settings'),
  )
  await hearAcknowledgements(
    platform,
    counting.filter(({ topic }) => topic === 'commands'),
  )
}

/** Of one machine in one batch; of one that says more, the last count. */
const mostAtOnce = 20

/** Whoever comes back is told what waits for him. */
export async function greetMachines(notices: readonly DeviceNotice[], platform: Platform): Promise<void> {
  const back = new Set(notices.filter(({ kind }) => kind === 'connected').map(({ deviceId }) => deviceId))
  if (back.size === 0) return
  const db = platform.database.db<ControlTables>()
  const { rows } = await sql<{ device_id: string }>`
    select device_id from setting_wish where device_id = any(${[...back]}::uuid[]) and in_force and outcome = 'waiting'
    union
    select device_id from machine_command where device_id = any(${[...back]}::uuid[]) and state = 'waiting'`.execute(db)
  for (const { device_id } of rows) {
    await sendSettings(platform, device_id)
    await sendCommands(platform, device_id)
  }
}

async function hearSettings(platform: Platform, messages: readonly DeviceMessage[]): Promise<void> {
  const read = messages.flatMap(message => readOr(readReport, message, platform))
  if (read.length === 0) return
  const { database } = platform
  const deviceIds = [...new Set(read.map(({ deviceId }) => deviceId))]
  const declared = await controlsOfDevices(database, deviceIds)
  const reports = read.map(({ deviceId, said, at }) => {
    const known = Object.entries(said.settings).filter(([key, value]) => {
      const setting = declared.get(deviceId)?.settings.find(one => one.key === key)
      if (setting && refusalOf(setting, value) === null) return true
      platform.broker.refuse(deviceId, setting ? 'range' : 'unknown-metric')
      return false
    })
    return { deviceId, known, at, report: { ...said, settings: Object.fromEntries(known) } }
  })
  const behind = await database.transaction(async () => {
    await keepReports(platform, reports)
    const areBehind = await settleWishes(platform, deviceIds, reports)
    await tellPages(platform, deviceIds)
    return areBehind
  })
  for (const deviceId of behind) if (mayRepeat(platform, deviceId)) await sendSettings(platform, deviceId)
}

/** What a message says, with whose it is and when it came; nothing where it cannot be read, which is counted. */
function readOr<Said>(
  read: (text: string) => Said | null,
  { deviceId, payload, receivedAt: at }: DeviceMessage,
  platform: Platform,
) {
  const text = textOf(payload)
  const said = text === null ? null : read(text)
  if (said !== null) return [{ deviceId, said, at }]
  platform.broker.refuse(deviceId, 'payload')
  return []
}

/** A machine that never says it has heard is told again, but not as fast as it can answer. */
const repeatEvery = 10_000
const toldAt = new WeakMap<Platform, Map<string, number>>()

function mayRepeat(platform: Platform, deviceId: string): boolean {
  const times = toldAt.get(platform) ?? new Map<string, number>()
  toldAt.set(platform, times)
  const now = platform.now().getTime()
  for (const [id, at] of times) if (Math.abs(now - at) >= repeatEvery) times.delete(id)
  if (times.has(deviceId)) return false
  times.set(deviceId, now)
  return true
}

/** Which of the machines have not heard of the last that is wanted of them. */
async function settleWishes(
  platform: Platform,
  deviceIds: readonly string[],
  reports: readonly { deviceId: string; report: SettingsReport }[],
): Promise<Set<string>> {
  const rows = await platform.database
    .db<ControlTables>()
    .selectFrom('setting_wish')
    .select(['id', 'device_id', 'key', 'value', 'version', 'outcome'])
    .where(sql<boolean>`device_id = any(${deviceIds}::uuid[])`)
    .where('in_force', '=', true)
    .orderBy('device_id')
    .orderBy('id')
    .forUpdate()
    .execute()
  const wishes = Map.groupBy(rows, wish => wish.device_id)
  const behind = new Set<string>()
  for (const { deviceId, report } of reports) {
    const own = wishes.get(deviceId) ?? []
    const waiting = own.filter(({ outcome }) => outcome === 'waiting')
    const settled = settle(waiting, report)
    await keepOutcomes(platform, waiting, settled)
    const outcomes = new Map(settled.map(({ key, outcome }) => [key, outcome]))
    const inForce = own
      .map(wish => ({ ...wish, outcome: outcomes.get(wish.key) ?? wish.outcome }))
      .filter(({ outcome }) => outcome === 'waiting' || outcome === 'accepted')
    if (own.some(({ version }) => version > report.version)) behind.add(deviceId)
    else behind.delete(deviceId)
    wishes.set(deviceId, inForce)
  }
  return behind
}

async function hearAcknowledgements(platform: Platform, messages: readonly DeviceMessage[]): Promise<void> {
  const answers = messages.flatMap(message => readOr(readAcknowledgement, message, platform))
  if (answers.length === 0) return
  const { database } = platform
  await database.transaction(async () => {
    const db = database.db<ControlTables>()
    const rows = await db
      .selectFrom('machine_command')
      .select(['id', 'device_id', 'state'])
      .where(sql<boolean>`id = any(${answers.map(({ said }) => said.id)}::uuid[])`)
      .orderBy('id')
      .forUpdate()
      .execute()
    const commands = new Map(rows.map(row => [row.id, row]))
    const changed = new Set<string>()
    for (const { deviceId, said } of answers) {
      const command = commands.get(said.id.toLowerCase())
      if (command?.device_id !== deviceId) {
        platform.broker.refuse(deviceId, 'payload')
        continue
      }
      if (!mayFollow(command.state, said.outcome)) continue // it said so before
      command.state = said.outcome
      await db
        .updateTable('machine_command')
        .set({ state: said.outcome, reason: said.reason || null, settled_at: platform.now() })
        .where('id', '=', said.id)
        .execute()
      changed.add(deviceId)
    }
    await tellPages(platform, [...changed])
  })
}

const utf8 = new TextDecoder('utf-8', { fatal: true })

function textOf(payload: Uint8Array): string | null {
  if (payload.length > longestMessage) return null
  try {
    return utf8.decode(payload)
  } catch {
    return null
  }
}
