import { type ControlValue, refusalOf } from '#features/devices/core'
import { controlsOfDevices } from '#features/devices/server'
import type { NodeValues } from '#features/telemetry/server'
import type { Platform } from '#platform/server'
import { mayFollow, settleBySparkplug, shortestNumber } from '../core/index.ts'
import { keepOutcomes, keepReports } from './keep-answers.ts'
import type { ControlTables } from './tables.ts'
import { sendCommands, sendSettings } from './tell-machine.ts'
import { tellPages } from './tell-pages.ts'

/**
 * Takes what edge nodes of Sparkplug say of their settings and commands. A node that was just born is told what waits for it. A command is
 * a metric that is true while the node does it and false once it is done, as Sparkplug has it for `Node Control/Rebirth`.
 */
export async function hearNodes(said: readonly NodeValues[], platform: Platform): Promise<void> {
  const { database } = platform
  const declared = await controlsOfDevices(database, [...new Set(said.map(({ deviceId }) => deviceId))])
  for (const { deviceId, receivedAt, birth, values } of said) {
    const { settings = [], commands = [] } = declared.get(deviceId) ?? {}
    const known = settings.flatMap((setting): [string, ControlValue][] => {
      if (!values.has(setting.key)) return []
      const value = values.get(setting.key)
      const short = typeof value === 'number' ? shortestNumber(value) : value
      if (refusalOf(setting, short) === null) return [[setting.key, short as ControlValue]]
      platform.broker.refuse(deviceId, 'range')
      return []
    })
    const answers = birth
      ? []
      : commands.flatMap(({ key }) => (values.has(key) ? [[key, Boolean(values.get(key))] as const] : []))
    await database.transaction(async () => {
      if (known.length > 0) {
        await keepReports(platform, [{ deviceId, known, at: receivedAt }])
        await settleWishes(platform, deviceId, new Map(known), receivedAt)
      }
      for (const [key, isDoing] of answers) await answer(platform, deviceId, key, isDoing ? 'accepted' : 'done')
      await tellPages(platform, [deviceId])
    })
    if (!birth) continue
    await sendSettings(platform, deviceId)
    await sendCommands(platform, deviceId)
  }
}

async function settleWishes(
  platform: Platform,
  deviceId: string,
  said: ReadonlyMap<string, ControlValue>,
  at: Date,
): Promise<void> {
  const waiting = await platform.database
    .db<ControlTables>()
    .selectFrom('setting_wish')
    .select(['id', 'key', 'value', 'told_at'])
    .where('device_id', '=', deviceId)
    .where('in_force', '=', true)
    .where('outcome', '=', 'waiting')
    .forUpdate()
    .execute()
  const asked = waiting.map(({ told_at, ...wish }) => ({ ...wish, toldAt: told_at?.getTime() ?? null }))
  await keepOutcomes(platform, waiting, settleBySparkplug(asked, said, at.getTime()))
}

/** Of the command that was told longest ago and has no answer yet: an edge node says of which one it speaks only by its name. */
async function answer({ database, now }: Platform, deviceId: string, key: string, state: 'accepted' | 'done'): Promise<void> {
  const db = database.db<ControlTables>()
  const told = await db
    .selectFrom('machine_command')
    .select(['id', 'state'])
    .where('device_id', '=', deviceId)
    .where('key', '=', key)
    .where('told_at', 'is not', null)
    .where('state', 'in', ['waiting', 'accepted', 'expired'])
    .orderBy('asked_at')
    .forUpdate()
    .executeTakeFirst()
  if (!told || !mayFollow(told.state, state)) return
  await db.updateTable('machine_command').set({ state, settled_at: now() }).where('id', '=', told.id).execute()
}
