import type { Metric } from '#features/devices/core'
import { metricsOfDevices } from '#features/devices/server'
import { unscaled } from '#features/telemetry/core'
import type { TakenReadings } from '#features/telemetry/server'
import type { Platform } from '#platform/server'
import { type Effect, type MetricPoint, type RuleState, step } from '../../core/index.ts'
import { clearAlarm } from '../clear-alarm.ts'
import { raise } from '../raise-alarm.ts'
import { rulesTopic } from '../rules/tell-of-rules.ts'
import { alarmsTopic } from '../write-entry.ts'
import { loadRules } from './load-rules.ts'
import { recall } from './recall.ts'
import { rulesByMetric, sourceOf, unknownMachine, type Watched, type WatchRule } from './watched.ts'

/** Machines whose rules are read in one query. */
const batch = 200
/** Machines whose past is read side by side: the warehouse takes a moment for each, most of it to put in place what was just acknowledged. */
const atOnce = 8
/** Machines whose alarms are written side by side: one that raises something holds up nobody else, and pages still find a connection to the database. */
const writing = 4
/** Messages of a machine that are kept while its past is read; what comes beyond is part of the past by then. */
const most = 500
/** ms by which a reading may be older than what is known of its metric: networks shuffle a little */
const shuffled = 10_000
/** ms for which late readings are gathered, before the past of their machines is read */
const gathering = 2000
/** ms after a failure before machines are looked at again */
const patience = 5000

/** The rules of this process: what they know of each machine, and when they speak. */
export interface Watch {
  /** Judges readings that are kept. Throws where an alarm could not be written: then nothing has been noticed, and they may come again. */
  take(taken: readonly TakenReadings[]): Promise<void>
  /** Lets time pass at machines that rules watch, whether they report or not. */
  passTime(deviceIds: readonly string[]): Promise<void>
  /** Those that are known, or about to be. */
  machines(): Iterable<string>
  /** Reads what is to be known of machines of which nothing is; answers which those are. */
  meet(deviceIds: readonly string[]): string[]
  /** Asks the past of machines anew how their rules stand. */
  lookBack(deviceIds: readonly string[]): void
  /** Other processes judge these machines. */
  forget(isForgotten: (deviceId: string) => boolean): void
  /** Resolves when all machines that were met are known. */
  known(): Promise<void>
  stop(): Promise<void>
}

interface Change {
  rule: WatchRule
  state: RuleState
  effects: readonly Effect[]
}

type LoadedRules = Awaited<ReturnType<typeof loadRules>> extends Map<string, infer One> ? One : never
type WatchedMetric = Pick<Metric, 'key' | 'decimals'>

export function createWatch(platform: Platform): Watch {
  const machines = new Map<string, Watched>()
  let loading: Promise<void> | null = null
  let stopped = false
  let gatherer: NodeJS.Timeout | undefined
  const forget = [
    platform.live.subscribe(alarmsTopic, id => doubt(id)),
    platform.live.subscribe(rulesTopic, id => doubt(id === 'all' ? null : id)),
    platform.live.subscribe('devices', id => doubt(id !== null && machines.has(id) ? id : null)), // it may have another type now
  ]

  /** What is known of a machine, or of all (null), is read again; meanwhile the old holds. */
  function doubt(id: string | null): void {
    for (const machine of id === null ? machines.values() : [machines.get(id)])
      if (machine && (machine.status === 'ready' || machine.status === 'loading')) machine.status = 'stale'
    if (machines.size > 0) wake()
  }

  function machineOf(deviceId: string): Watched {
    const known = machines.get(deviceId)
    if (known) return known
    const machine = unknownMachine()
    machines.set(deviceId, machine)
    wake()
    return machine
  }

  function wake(): void {
    loading ??= load()
      .catch(async error => {
        platform.log.warn({ error }, 'rules of machines could not be read; trying again')
        await new Promise(resolve => setTimeout(resolve, patience).unref())
      })
      .finally(() => {
        loading = null
        if (!stopped && waiting().length > 0) wake()
      })
  }

  const waiting = () => [...machines].filter(([, { status }]) => status === 'cold' || status === 'stale')

  async function load(): Promise<void> {
    await Promise.resolve() // what comes in the same breath goes along
    for (let some = waiting().slice(0, batch); some.length > 0 && !stopped; some = waiting().slice(0, batch)) {
      const ids = some.map(([id]) => id)
      for (const [, machine] of some) machine.status = 'loading'
      try {
        const [loaded, metrics] = await Promise.all([loadRules(platform, ids), metricsOfDevices(platform.database, ids)])
        for (let at = 0; at < some.length; at += atOnce) {
          const looks = some
            .slice(at, at + atOnce)
            .map(([id, machine]) => meetOne(id, machine, loaded.get(id)!, metrics.get(id) ?? []))
          const failed = (await Promise.allSettled(looks)).find(look => look.status === 'rejected')
          if (failed) throw failed.reason
        }
      } catch (error) {
        for (const [, machine] of some) if (machine.status === 'loading') machine.status = 'stale'
        throw error
      }
    }
  }

  async function meetOne(id: string, machine: Watched, loaded: LoadedRules, metrics: readonly WatchedMetric[]): Promise<void> {
    machine.looking = true
    await renew(id, machine, loaded, metrics).finally(() => {
      machine.looking = false
    })
    const meanwhile = machine.meanwhile.splice(0)
    if (machines.get(id) === machine) await takeEach(meanwhile)
  }

  /** Rules that are new look back; of the others it is set right whether their alarm is open. */
  async function renew(
    id: string,
    machine: Watched,
    { rules, open }: LoadedRules,
    metrics: readonly WatchedMetric[],
  ): Promise<void> {
    const late = machine.late
    machine.late = false
    const kept = rules.filter(
      rule => !late && machine.rules.some(known => known.id === rule.id && known.revision === rule.revision),
    )
    const fresh = rules.filter(rule => !kept.includes(rule))
    const keys = metrics.map(({ key }) => key)
    const recalled = await recall(platform, id, fresh, keys, open, machine.heard)
    await write(
      id,
      recalled.flatMap(({ rule, state, missed }) => (missed ? [{ rule, state, effects: [missed] }] : [])),
    )
    while (machine.writing) await machine.writing.catch(() => {})
    const states = new Map(recalled.map(({ rule, state }) => [rule.id, state]))
    for (const rule of kept) {
      const state = machine.states.get(rule.id)!
      states.set(rule.id, state.active === open.has(rule.id) ? state : { ...state, active: open.has(rule.id) })
    }
    machine.rules = rules
    machine.states = states
    machine.byMetric = rulesByMetric(rules)
    machine.decimals = new Map(metrics.map(({ key, decimals }) => [key, decimals]))
    if (machine.status === 'loading') machine.status = 'ready'
  }

  /** Writes what follows, and only then is it known. */
  async function commit(id: string, machine: Watched, changes: readonly Change[]): Promise<void> {
    const speaking = changes.filter(({ effects }) => effects.length > 0)
    if (speaking.length > 0) {
      machine.writing = write(id, speaking).finally(() => {
        machine.writing = null
      })
      await machine.writing
    }
    for (const { rule, state } of changes) if (machine.states.has(rule.id)) machine.states.set(rule.id, state)
  }

  const write = (deviceId: string, changes: readonly Change[]): Promise<void> =>
    changes.length === 0
      ? Promise.resolve()
      : platform.database.transaction(async () => {
          for (const { rule, effects } of changes)
            for (const effect of effects)
              if (effect.kind === 'raise') await raise(platform, alarmOf(deviceId, rule, effect))
              else await clearAlarm(platform, { deviceId, source: sourceOf(rule), at: new Date(effect.at) })
        })

  function judge(machine: Watched, points: readonly MetricPoint[], now: number): Change[] {
    const rules = new Set<WatchRule>(machine.byMetric.get(''))
    for (const { metric } of points) for (const rule of machine.byMetric.get(metric) ?? []) rules.add(rule)
    return [...rules].map(rule => ({ rule, ...step(rule, machine.states.get(rule.id)!, points, now, false) }))
  }

  /** Of each machine in its order; machines do not wait for one another. Where one cannot be written the others are, and all of it may come again. */
  async function takeAll(taken: readonly TakenReadings[]): Promise<void> {
    const machines = [...Map.groupBy(taken, ({ deviceId }) => deviceId).values()]
    const next = machines.values()
    const inTurn = async () => {
      for (const own of next) await takeEach(own)
    }
    const ends = await Promise.allSettled(Array.from({ length: Math.min(writing, machines.length) }, inTurn))
    const failed = ends.find(end => end.status === 'rejected')
    if (failed) throw failed.reason
  }

  async function takeEach(taken: readonly TakenReadings[]): Promise<void> {
    for (const one of taken) {
      const { deviceId, receivedAt, readings } = one
      const machine = machineOf(deviceId)
      machine.heard = heardNow(machine, one)
      const isUnread = machine.looking || (machine.rules.length === 0 && machine.status !== 'ready')
      if (isUnread && machine.meanwhile.length < most) machine.meanwhile.push(one)
      if (machine.rules.length === 0) continue
      while (machine.writing) await machine.writing.catch(() => {}) // its own caller hears of it
      const points = readings.flatMap(({ metric, at, scaled }) => {
        const decimals = machine.decimals.get(metric)
        return decimals === undefined ? [] : [{ metric, at, value: unscaled(scaled, decimals) }]
      })
      if (!machine.late && points.some(point => isLate(machine, point))) lookBackSoon(machine)
      await commit(deviceId, machine, judge(machine, points, receivedAt.getTime()))
    }
  }

  /** What a machine sends from its store comes in any order: once some has gathered, its past is asked anew how its rules stand. */
  function lookBackSoon(machine: Watched): void {
    machine.late = true
    gatherer ??= setTimeout(() => {
      gatherer = undefined
      for (const one of machines.values()) if (one.late && one.status !== 'cold') one.status = 'stale'
      wake()
    }, gathering)
  }

  return {
    take: takeAll,

    async passTime(deviceIds) {
      for (const id of deviceIds) machineOf(id)
      await loading
      for (const id of deviceIds) {
        const machine = machines.get(id)
        if (!machine || machine.rules.length === 0) continue
        while (machine.writing) await machine.writing.catch(() => {})
        const now = platform.now().getTime()
        const changes = machine.rules.map(rule => ({ rule, ...step(rule, machine.states.get(rule.id)!, [], now) }))
        if (changes.every(({ effects }) => effects.length === 0)) continue
        await look(id, machine)
      }
    },

    machines: () => machines.keys(),

    meet(deviceIds) {
      const unknown = deviceIds.filter(id => !machines.has(id))
      for (const id of unknown) machineOf(id)
      return unknown
    },

    lookBack(deviceIds) {
      for (const id of deviceIds) {
        const machine = machineOf(id)
        if (machine.status === 'cold') continue
        machine.late = true
        machine.status = 'stale'
      }
      if (deviceIds.length > 0) wake()
    },

    forget(isForgotten) {
      for (const id of [...machines.keys()]) if (isForgotten(id)) machines.delete(id)
    },

    async known() {
      while (loading) await loading
    },

    async stop() {
      stopped = true
      clearTimeout(gatherer)
      for (const end of forget) end()
      await loading
    },
  }

  /** Time alone would change something: but its readings may have come to another process, so its past is asked first. */
  async function look(id: string, machine: Watched): Promise<void> {
    const open = new Map(
      machine.rules.flatMap(rule => {
        const { active, changedAt } = machine.states.get(rule.id)!
        return active ? [[rule.id, new Date(changedAt ?? platform.now())] as const] : []
      }),
    )
    const recalled = await recall(platform, id, machine.rules, [...machine.decimals.keys()], open, machine.heard)
    await commit(
      id,
      machine,
      recalled.map(({ rule, state, missed }) => ({ rule, state, effects: missed ? [missed] : [] })),
    )
  }
}

function heardNow({ heard }: Watched, { receivedAt, readings }: TakenReadings): Watched['heard'] {
  let newest = heard?.newest ?? 0
  for (const { at } of readings) if (at > newest) newest = at
  return { at: receivedAt.getTime(), newest }
}

function isLate(machine: Watched, { metric, at }: MetricPoint): boolean {
  const rule = machine.byMetric.get(metric)?.[0]
  const known = rule && machine.states.get(rule.id)?.last[metric]
  return known !== undefined && known.at > at + shuffled
}

function alarmOf(deviceId: string, rule: WatchRule, { at, values }: Extract<Effect, { kind: 'raise' }>) {
  const { name, severity, faultCode, cause, remedy, component, escalateAfter, own } = rule
  return {
    ...{ deviceId, source: sourceOf(rule), ruleId: rule.id, name, severity, at: new Date(at), message: { 'zh-CN': '', en: '' } },
    ...{ faultCode, cause, remedy, component, escalateAfter, own, readings: values },
  }
}
