import { onDeviceRightsChanged } from '#features/devices/server'
import type { Platform } from '#platform/server'
import type { LiveReading } from '../../core/index.ts'
import { declaredOf } from '../declared.ts'
import { connectionsOf, type DeviceConnection } from '../read-connections.ts'
import { latestReadings } from '../read-series.ts'
import type { TakenReadings } from '../taken.ts'
import { type Frame, frameOf } from './frame.ts'
import { onToldByOthers } from './tell-processes.ts'

/** One reader's end: told of the machines he watches, whether he may see it or not. */
export interface Watcher {
  readings(deviceId: string, frame: Frame): void
  connection(deviceId: string, connection: DeviceConnection): void
  changed(deviceId: string, what: 'alarm' | 'health'): void
  /** who may see the machine has changed */
  rights(deviceId: string): void
  /** messages were lost */
  missed(): void
}

interface Watched {
  watchers: Set<Watcher>
  /** the last of each metric */
  latest: Map<string, LiveReading>
  /** those of them that nobody was told of yet */
  fresh: Map<string, LiveReading>
  /** resolves when `latest` holds what was there before somebody watched */
  known: Promise<void>
  sentAt: number
  timer: NodeJS.Timeout | null
}

/** What this process tells its readers of machines: once for all who watch one. */
export interface Hub {
  /** Answers the last reading of each metric, and how to stop. From then on the watcher hears of what comes. */
  watch(deviceIds: readonly string[], watcher: Watcher): { latest(deviceId: string): Promise<LiveReading[]>; stop(): void }
  /** Readings that came to this process. */
  take(taken: readonly TakenReadings[]): Promise<void>
}

/** ms between two frames of one machine: a little less than the second in which many report, or some of them would fall together */
const every = 950
/** ms that a reading waits, so that messages of the same moment go together, and a change of rights comes before what follows it */
const patience = 250

const hubs = new WeakMap<Platform, Hub>()

/** The one of this process. */
export function hubOf(platform: Platform): Hub {
  const hub = hubs.get(platform) ?? createHub(platform)
  hubs.set(platform, hub)
  return hub
}

function createHub(platform: Platform): Hub {
  const watched = new Map<string, Watched>()
  const watchersOf = (deviceId: string) => watched.get(deviceId)?.watchers ?? []
  const everybody = () => new Set([...watched.values()].flatMap(({ watchers }) => [...watchers]))
  const tellAll = (deviceId: string | null, tell: (watcher: Watcher, id: string) => void) => {
    if (deviceId !== null) for (const watcher of watchersOf(deviceId)) tell(watcher, deviceId)
  }
  const { live } = platform
  for (const [topic, what] of [
    ['device-alarms', 'alarm'],
    ['device-health', 'health'],
  ] as const)
    live.subscribe(topic, id => tellAll(id, (watcher, deviceId) => watcher.changed(deviceId, what)))
  onDeviceRightsChanged(platform, id => {
    if (id !== null) return tellAll(id, (watcher, deviceId) => watcher.rights(deviceId))
    for (const [deviceId, { watchers }] of watched) for (const watcher of watchers) watcher.rights(deviceId)
    for (const watcher of everybody()) watcher.missed()
  })
  onToldByOthers(platform, {
    readings: ids => void readAnew((ids ?? [...watched.keys()]).filter(id => watched.has(id))),
    connections: ids => void tellConnections((ids ?? [...watched.keys()]).filter(id => watched.has(id))),
  })

  function note(deviceId: string, readings: Iterable<LiveReading>, known = false): void {
    const device = watched.get(deviceId)
    if (!device) return
    for (const reading of readings) {
      const [metric, at] = reading
      const before = device.latest.get(metric)
      if (before && before[1] >= at) continue
      device.latest.set(metric, reading)
      if (!known) device.fresh.set(metric, reading)
    }
    if (device.fresh.size === 0 || device.timer) return
    const wait = Math.max(patience, device.sentAt + every - performance.now())
    device.timer = setTimeout(() => flush(deviceId, device), wait).unref()
  }

  function flush(deviceId: string, device: Watched): void {
    device.timer = null
    device.sentAt = performance.now()
    const frame = frameOf(deviceId, [...device.fresh.values()])
    device.fresh.clear()
    for (const watcher of device.watchers) watcher.readings(deviceId, frame)
  }

  /** From where every process writes it. */
  async function readAnew(deviceIds: readonly string[], known = false): Promise<void> {
    if (deviceIds.length === 0) return
    try {
      const [all, declared] = await Promise.all([latestReadings(platform, deviceIds), declaredOf(platform, new Set(deviceIds))])
      for (const [deviceId, metrics] of all)
        note(
          deviceId,
          [...metrics]
            .filter(([metric]) => declared.get(deviceId)?.has(metric))
            .map(([metric, { at, value }]): LiveReading => [metric, at, value]),
          known,
        )
    } catch (error) {
      platform.log.warn({ error }, 'readings that came to another process could not be read for live pages')
    }
  }

  async function tellConnections(deviceIds: readonly string[]): Promise<void> {
    try {
      for (const [deviceId, connection] of await connectionsOf(platform.database, deviceIds))
        for (const watcher of watchersOf(deviceId)) watcher.connection(deviceId, connection)
    } catch (error) {
      platform.log.warn({ error }, 'connections of machines could not be read for live pages')
    }
  }

  return {
    watch(deviceIds, watcher) {
      const unknown = deviceIds.filter(id => !watched.has(id))
      const read = Promise.resolve().then(() => readAnew(unknown, true))
      for (const id of unknown)
        watched.set(id, {
          ...{ watchers: new Set(), latest: new Map(), fresh: new Map(), known: read },
          ...{ sentAt: Number.NEGATIVE_INFINITY, timer: null },
        })
      for (const id of deviceIds) watched.get(id)!.watchers.add(watcher)
      return {
        async latest(deviceId) {
          const device = watched.get(deviceId)
          await device?.known
          return [...(device?.latest.values() ?? [])]
        },
        stop() {
          for (const id of deviceIds) {
            const device = watched.get(id)
            device?.watchers.delete(watcher)
            if (device?.watchers.size !== 0) continue
            if (device.timer) clearTimeout(device.timer)
            watched.delete(id)
          }
        },
      }
    },
    async take(taken) {
      const ours = taken.filter(({ deviceId }) => watched.has(deviceId))
      if (ours.length === 0) return
      const declared = await declaredOf(platform, new Set(ours.map(({ deviceId }) => deviceId)))
      for (const { deviceId, readings } of ours) {
        const metrics = declared.get(deviceId)
        note(
          deviceId,
          readings.map(
            ({ metric, at, scaled }): LiveReading => [metric, at, scaled / 10 ** (metrics?.get(metric)?.decimals ?? 0)],
          ),
        )
      }
    },
  }
}
