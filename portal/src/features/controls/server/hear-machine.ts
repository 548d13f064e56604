import { sql } from 'kysely'
import { refusalOf } from '#features/devices/core'
import { controlsOfDevices } from '#features/devices/server'
import type { DeviceMessage, DeviceNotice, Platform } from '#platform/server'
import { longestMessage, mayFollow, readAcknowledgement, readReport, type SettingsReport, settle } from '../core/index.ts'
import { keepOutcomes, keepReport } from './keep-answers.ts'
import type { ControlTables } from './tables.ts'
import { sendCommands, sendSettings } from './tell-machine.ts'
import { tellPages } from './tell-pages.ts'

/** Takes what machines say of their settings and commands. What cannot be read is counted at the machine. */
export async function hearMachines(messages: readonly DeviceMessage[], platform: Platform): Promise<void> {
  const spoken = messages.filter(({ sparkplug, topic }) => sparkplug === null && (topic === 'settings' || topic === 'commands'))
  for (const own of Map.groupBy(spoken, ({ deviceId }) => deviceId).values())
    for (const message of own.slice(-mostAtOnce)) {
      if (message.topic === 'settings') await hearSettings(platform, message)
      else await hearAcknowledgement(platform, message)
    }
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

async function hearSettings(platform: Platform, { deviceId, payload, receivedAt }: DeviceMessage): Promise<void> {
  const text = textOf(payload)
  const report = text === null ? null : readReport(text)
  if (!report) return platform.broker.refuse(deviceId, 'payload')
  const { database } = platform
  const declared = (await controlsOfDevices(database, [deviceId])).get(deviceId)?.settings ?? []
  const known = Object.entries(report.settings).filter(([key, value]) => {
    const setting = declared.find(one => one.key === key)
    if (setting && refusalOf(setting, value) === null) return true
    platform.broker.refuse(deviceId, setting ? 'range' : 'unknown-metric')
    return false
  })
  const behind = await database.transaction(async () => {
    if (known.length > 0) await keepReport(platform, deviceId, known, receivedAt)
    const isBehind = await settleWishes(platform, deviceId, { ...report, settings: Object.fromEntries(known) })
    await tellPages(platform, deviceId)
    return isBehind
  })
  if (behind && mayRepeat(platform, deviceId)) await sendSettings(platform, deviceId)
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

/** Whether the machine has not heard of the last that is wanted of it. */
async function settleWishes(platform: Platform, deviceId: string, report: SettingsReport): Promise<boolean> {
  const wishes = await platform.database
    .db<ControlTables>()
    .selectFrom('setting_wish')
    .select(['id', 'key', 'value', 'version', 'outcome'])
    .where('device_id', '=', deviceId)
    .where('in_force', '=', true)
    .forUpdate()
    .execute()
  const waiting = wishes.filter(({ outcome }) => outcome === 'waiting')
  await keepOutcomes(platform, waiting, settle(waiting, report))
  return wishes.some(({ version }) => version > report.version)
}

async function hearAcknowledgement(platform: Platform, { deviceId, payload }: DeviceMessage): Promise<void> {
  const text = textOf(payload)
  const said = text === null ? null : readAcknowledgement(text)
  if (!said) return platform.broker.refuse(deviceId, 'payload')
  const { database } = platform
  await database.transaction(async () => {
    const db = database.db<ControlTables>()
    const row = await db
      .selectFrom('machine_command')
      .select(['state'])
      .where('id', '=', said.id)
      .where('device_id', '=', deviceId)
      .forUpdate()
      .executeTakeFirst()
    if (!row) return platform.broker.refuse(deviceId, 'payload')
    if (!mayFollow(row.state, said.outcome)) return // it said so before
    await db
      .updateTable('machine_command')
      .set({ state: said.outcome, reason: said.reason || null, settled_at: platform.now() })
      .where('id', '=', said.id)
      .execute()
    await tellPages(platform, deviceId)
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
