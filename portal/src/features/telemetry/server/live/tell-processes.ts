import type { Platform } from '#platform/server'
import type { TakenReadings } from '../taken.ts'

/** ms in which ids are gathered */
const every = 1000
/** ids in one message: PostgreSQL takes 8000 bytes */
const together = 180

const readingsTopic = 'device-readings'
const connectionsTopic = 'device-connections'

interface Teller {
  self: string
  reported: Set<string>
  timer: NodeJS.Timeout | null
}
const tellers = new WeakMap<Platform, Teller>()

function tellerOf(platform: Platform): Teller {
  const teller = tellers.get(platform) ?? { self: platform.newId(), reported: new Set(), timer: null }
  tellers.set(platform, teller)
  return teller
}

/** Tells the other processes, about once a second, of which machines readings came. */
export function tellOfReadings(platform: Platform, taken: readonly TakenReadings[]): void {
  const teller = tellerOf(platform)
  for (const { deviceId } of taken) teller.reported.add(deviceId)
  teller.timer ??= setTimeout(() => {
    teller.timer = null
    const ids = [...teller.reported]
    teller.reported.clear()
    tell(platform, readingsTopic, ids).catch(error =>
      platform.log.warn({ error }, 'other processes could not be told of readings'),
    )
  }, every).unref()
}

/** Tells every process, this one too, of which machines the connection changed. */
export const tellOfConnections = (platform: Platform, deviceIds: readonly string[]): Promise<void> =>
  tell(platform, connectionsTopic, deviceIds)

async function tell(platform: Platform, topic: string, ids: readonly string[]): Promise<void> {
  const { self } = tellerOf(platform)
  for (let at = 0; at < ids.length; at += together)
    await platform.live.publish(topic, [self, ...ids.slice(at, at + together)].join(' '))
}

/** Calls with the ids others told of; null: some may have been missed. Readings: those that came to another process. */
export function onToldByOthers(
  platform: Platform,
  on: { readings(ids: string[] | null): void; connections(ids: string[] | null): void },
): void {
  const { self } = tellerOf(platform)
  platform.live.subscribe(readingsTopic, message => {
    const [process, ...ids] = message?.split(' ') ?? []
    if (process !== self) on.readings(message === null ? null : ids)
  })
  platform.live.subscribe(connectionsTopic, message => on.connections(message === null ? null : message.split(' ').slice(1)))
}
