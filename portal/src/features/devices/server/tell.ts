import type { Platform } from '#platform/server'

const rights = 'device-rights'

/** The console's pages read a machine again. */
export const tellOfDevice = ({ live }: Platform, deviceId: string): Promise<void> => live.publish('devices', deviceId)

/** Who may see what of a machine has changed: pages read again, and streams ask anew. */
export async function tellOfRights(platform: Platform, deviceId: string): Promise<void> {
  await platform.live.publish(rights, deviceId)
  await tellOfDevice(platform, deviceId)
}

/** By something that opened until now a machine is let in no more: its connections end, and it signs in anew if it can. */
export async function tellOfCredentials(platform: Platform, deviceId: string): Promise<void> {
  await platform.broker.disconnect(deviceId)
  await tellOfDevice(platform, deviceId)
}

type Told = (deviceId: string | null) => void

/**
 * Calls the listener, in every process, once who may see a machine has changed; with null where it may have missed something. Answers how to
 * stop it.
 */
export const onDeviceRightsChanged = ({ live }: Pick<Platform, 'live'>, listener: Told): (() => void) =>
  live.subscribe(rights, listener)
