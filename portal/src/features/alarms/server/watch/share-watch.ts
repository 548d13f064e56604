import type { TakenReadings } from '#features/telemetry/server'
import { never, type Platform, repeater } from '#platform/server'
import { rulesTopic } from '../rules/tell-of-rules.ts'
import { dropHanded, handedTopic, handOn, takeHanded } from './hand-on.ts'
import { holdBack } from './hold-back.ts'
import { followHomes } from './homes.ts'
import { watchedDevices } from './load-rules.ts'
import { createWatch, type Watch } from './watch.ts'

/** Where every process hears that a minute has passed. */
const minuteTopic = 'alarms-minute'
/** ms after which whoever has a machine anew looks back once more: every process has heard of it by then, and brings its readings here */
const settling = 5000
/** ms after a failure */
const patience = 2000

export interface SharedWatch extends Pick<Watch, 'take' | 'known' | 'stop'> {
  /** Lets time pass at the machines that are judged here. */
  passTime(): Promise<void>
  /** Lets time pass at all machines, each where it is judged. */
  passEverywhere(): Promise<void>
}

/**
 * The rules of this process, where messages of one machine may come to several: each machine is judged at its home alone, and who else hears of it
 * hands on what it heard. Where this process is the only one, nothing stands between a message and its rules.
 */
export function shareWatch(platform: Platform): SharedWatch {
  const { live, log } = platform
  const watch = createWatch(platform)
  const homes = followHomes(platform, move)
  /** machines with readings that nobody has judged: their homes have to look back */
  const owed = new Set<string>()
  /** machines that a rule watches; null: all may be */
  let watched: ReadonlySet<string> | null = null
  let changes = 0
  let passing: Promise<void> | null = null
  const settlings = new Set<NodeJS.Timeout>()

  const again = (message: string) => (error: unknown) => {
    log.warn({ error }, `${message}; trying again`)
    return patience
  }

  const held = holdBack(taken =>
    watch.take(taken).catch(error => {
      log.warn({ error }, 'readings could not be judged; their machines look back')
      owe(taken)
    }),
  )

  /** What others left for this process. What is not its own any more is another's by now, who looks back. */
  const fetching = repeater(async () => {
    for (let some = await takeHanded(platform); some.length > 0; some = await takeHanded(platform)) {
      const own = some.filter(({ deviceId }) => homes.isOurs(deviceId))
      for (const taken of own) if (taken.readings.length > 0) held.hold(taken)
      watch.lookBack(own.filter(({ readings }) => readings.length === 0).map(({ deviceId }) => deviceId))
    }
    return never
  }, again('readings that came to other processes could not be fetched'))

  const paying = repeater(async () => {
    if (!homes.areKnown()) return owed.size > 0 ? patience : never
    const ids = [...owed]
    owed.clear()
    watch.lookBack(ids.filter(homes.isOurs))
    const others = ids.filter(id => !homes.isOurs(id)).map(deviceId => ({ deviceId, receivedAt: platform.now(), readings: [] }))
    try {
      if (others.length > 0) await hand(others)
      return never
    } catch (error) {
      for (const { deviceId } of others) owed.add(deviceId)
      throw error
    }
  }, again('the homes of machines could not be told to look back'))

  /** Machines that nothing is known of here are looked up, and once more when nobody takes them for another's any longer. */
  const meeting = repeater(async () => {
    const asOf = changes
    const ids = await watchedDevices(platform)
    if (asOf === changes) watched = new Set(ids)
    const met = homes.haveOurs() ? watch.meet(ids.filter(homes.isOurs)) : []
    if (met.length === 0) return never
    const timer = setTimeout(() => {
      settlings.delete(timer)
      watch.lookBack(met.filter(homes.isOurs))
    }, settling)
    settlings.add(timer)
    return never
  }, again('machines that rules watch could not be read'))

  const ends = [
    homes.stop,
    live.subscribe(rulesTopic, relearn),
    live.subscribe('devices', relearn), // a machine may have another type now
    live.subscribe(minuteTopic, id => {
      if (id !== null) void passOwn()
    }),
    live.subscribe(handedTopic, id => {
      if (id === platform.portals.self) fetching.wake()
      if (id === null && homes.areShared()) oweIds(watch.machines()) // where the database crashed, what was left is lost
    }),
  ]
  if (homes.areShared()) move()

  function move(): void {
    const isLost = (deviceId: string) => !homes.areKnown() || !homes.isOurs(deviceId)
    watch.forget(isLost)
    held.drop(isLost)
    if (!homes.areShared()) void held.flush()
    fetching.wake()
    meeting.wake()
  }

  function relearn(): void {
    changes++
    watched = null
    if (homes.areShared()) meeting.wake()
  }

  function oweIds(deviceIds: Iterable<string>): void {
    for (const id of deviceIds) owed.add(id)
    paying.wake()
  }

  const owe = (taken: readonly TakenReadings[]) => oweIds(taken.map(({ deviceId }) => deviceId))

  const hand = (taken: readonly TakenReadings[]) =>
    handOn(
      platform,
      Map.groupBy(taken, ({ deviceId }) => homes.homeOf(deviceId)),
    )

  async function take(taken: readonly TakenReadings[]): Promise<void> {
    if (!homes.areShared()) return watch.take(taken)
    const judged = taken.filter(({ deviceId }) => watched?.has(deviceId) ?? true)
    if (!homes.areKnown()) return owe(judged)
    const others: TakenReadings[] = []
    for (const one of judged)
      if (homes.isOurs(one.deviceId)) held.hold(one)
      else others.push(one)
    if (others.length === 0) return
    await hand(others).catch(error => {
      log.warn({ error }, 'readings could not be handed on; the homes of their machines look back')
      owe(others)
    })
  }

  async function passTime(): Promise<void> {
    const ids = await watchedDevices(platform)
    await watch.passTime(ids.filter(homes.isOurs))
    if (homes.areShared()) await dropHanded(platform)
  }

  async function passOwn(): Promise<void> {
    passing ??= passTime()
      .catch(error => log.warn({ error }, 'rules of machines could not look at the time; the next minute does'))
      .finally(() => {
        passing = null
      })
    await passing
  }

  return {
    take,
    passTime,
    passEverywhere: () => (homes.areShared() ? live.publish(minuteTopic, platform.portals.self) : passOwn()),
    known: () => watch.known(),
    async stop() {
      for (const end of ends) end()
      for (const timer of settlings) clearTimeout(timer)
      for (const work of [fetching, paying, meeting]) await work.stop()
      await held.flush()
      await passing
      await watch.stop()
    },
  }
}
