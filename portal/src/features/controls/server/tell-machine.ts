import { writeToNode } from '#features/telemetry/server'
import type { Platform } from '#platform/server'
import type { ControlTables } from './tables.ts'

/**
 * Tells a machine everything it is to be set to, with the version; an edge node of Sparkplug what it has not answered yet. Nothing where
 * nothing is wanted. What fails is said again when it is back.
 */
export async function sendSettings(platform: Platform, deviceId: string): Promise<void> {
  const db = platform.database.db<ControlTables>()
  const wishes = await db
    .selectFrom('setting_wish')
    .select(['id', 'key', 'value', 'version', 'outcome'])
    .where('device_id', '=', deviceId)
    .where('in_force', '=', true)
    .execute()
  if (wishes.length === 0) return
  const waiting = wishes.filter(({ outcome }) => outcome === 'waiting')
  const node = await untilBack(platform, deviceId, () =>
    writeToNode(
      platform,
      deviceId,
      waiting.map(({ key, value }) => [key, value]),
    ),
  )
  if (node?.kind === 'told') {
    const ids = waiting.filter(({ key }) => node.keys.includes(key)).map(({ id }) => id)
    await db.updateTable('setting_wish').set({ told_at: platform.now() }).where('id', 'in', ids).execute()
  }
  if (node?.kind !== 'stranger') return
  const version = Math.max(...wishes.map(wish => wish.version))
  const settings = Object.fromEntries(wishes.map(({ key, value }) => [key, value]))
  await publish(platform, deviceId, 'settings', { version, settings })
}

/** Tells a machine the commands that wait for it and may still be begun; an edge node of Sparkplug each of them once, as it knows no ids. */
export async function sendCommands(platform: Platform, deviceId: string): Promise<void> {
  const db = platform.database.db<ControlTables>()
  const commands = await db
    .selectFrom('machine_command')
    .select(['id', 'key', 'parameters', 'expires_at'])
    .where('device_id', '=', deviceId)
    .where('state', '=', 'waiting')
    .where('told_at', 'is', null)
    .where('expires_at', '>', platform.now())
    .orderBy('asked_at')
    .limit(20)
    .execute()
  for (const { id, key, parameters, expires_at } of commands) {
    const given = Object.entries(parameters).map(([name, value]) => [`${key}_${name}`, value] as const)
    const node = await untilBack(platform, deviceId, () => writeToNode(platform, deviceId, [...given, [key, true]]))
    if (node?.kind === 'told')
      await db.updateTable('machine_command').set({ told_at: platform.now() }).where('id', '=', id).execute()
    else if (node?.kind === 'stranger')
      await publish(platform, deviceId, 'commands', { id, command: key, parameters, expiresAt: expires_at.getTime() })
  }
}

async function publish(platform: Platform, deviceId: string, topic: string, said: object): Promise<void> {
  const published = await untilBack(platform, deviceId, () =>
    platform.broker.publish({ deviceId, topic, payload: JSON.stringify(said) }),
  )
  if (published === 'full') platform.log.warn({ deviceId, topic }, 'too much waits for a machine; it is told when it comes back')
}

/** null: it failed, and is said again when the machine is back */
async function untilBack<Answer>({ log }: Platform, deviceId: string, tell: () => Promise<Answer>): Promise<Answer | null> {
  try {
    return await tell()
  } catch (error) {
    log.warn({ error, deviceId }, 'a machine could not be told; it is told when it comes back')
    return null
  }
}
