import type { Platform } from '#platform/server'
import type { ControlTables } from './tables.ts'

/** Tells a machine everything it is to be set to, with the version; nothing where nothing is wanted. What fails is said again when it is back. */
export async function sendSettings(platform: Platform, deviceId: string): Promise<void> {
  const wishes = await platform.database
    .db<ControlTables>()
    .selectFrom('setting_wish')
    .select(['key', 'value', 'version'])
    .where('device_id', '=', deviceId)
    .where('in_force', '=', true)
    .execute()
  if (wishes.length === 0) return
  const version = Math.max(...wishes.map(wish => wish.version))
  const settings = Object.fromEntries(wishes.map(({ key, value }) => [key, value]))
  await publish(platform, deviceId, 'settings', { version, settings })
}

/** Tells a machine the commands that wait for it and may still be begun. */
export async function sendCommands(platform: Platform, deviceId: string): Promise<void> {
  const commands = await platform.database
    .db<ControlTables>()
    .selectFrom('machine_command')
    .select(['id', 'key', 'parameters', 'expires_at'])
    .where('device_id', '=', deviceId)
    .where('state', '=', 'waiting')
    .where('expires_at', '>', platform.now())
    .orderBy('asked_at')
    .limit(20)
    .execute()
  for (const { id, key, parameters, expires_at } of commands)
    await publish(platform, deviceId, 'commands', { id, command: key, parameters, expiresAt: expires_at.getTime() })
}

async function publish({ broker, log }: Platform, deviceId: string, topic: string, said: object): Promise<void> {
  try {
    const published = await broker.publish({ deviceId, topic, payload: JSON.stringify(said) })
    if (published === 'full') log.warn({ deviceId, topic }, 'too much waits for a machine; it is told when it comes back')
  } catch (error) {
    log.warn({ error, deviceId, topic }, 'a machine could not be told; it is told when it comes back')
  }
}
