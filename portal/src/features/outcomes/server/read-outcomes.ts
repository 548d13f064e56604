import { companyNames } from '#features/accounts/server'
import { doneServiceOf } from '#features/advisory/server'
import { foundAlarmsOf } from '#features/alarms/server'
import { isVisible, type Span } from '#features/devices/core'
import { type OpenTo, replacementsOf, typedDevices, type VisibleInterval, visibleIntervals } from '#features/devices/server'
import { isOfSensor, type WatchedTime, watchedTimes } from '#features/diagnosis/server'
import { failuresOf } from '#features/prognosis/server'
import type { Account, Platform } from '#platform/server'
import { type Fault, faultsOf, longestLead, type Outcome, type Outcomes, outcomeOf, type Warning } from '../core/index.ts'

const lookedAt = 365 * 86_400_000
const mostShown = 200

interface Wish {
  account: Account | null
  /** of one company alone, for staff */
  company?: string | undefined
  openTo: OpenTo
}

/**
 * What was warned of in a year, and what came of it, at the machines and in the times that the account may see; to customers, of machines of which
 * they are told what is found.
 */
export async function readOutcomes(platform: Platform, { account, company, openTo }: Wish): Promise<Outcomes> {
  const { database } = platform
  const until = platform.now()
  const from = new Date(until.getTime() - lookedAt)
  const intervals = await visibleIntervals(platform, account, 'all')
  const seen = [...new Set(intervals.map(({ deviceId }) => deviceId))]
  const open = await openTo(platform, account, seen)
  const devices = (await typedDevices(database, { ids: [...open] })).filter(one => !company || one.ownerId === company)
  const facts = await factsOf(platform, { intervals, ids: devices.map(({ id }) => id), from, until })
  const owners = account?.kind === 'staff' ? devices.flatMap(({ ownerId }) => ownerId ?? []) : []
  const names = await companyNames(database, [...new Set(owners)])
  const machines = devices.map(({ id, serial, model, ownerId }) => ({
    device: { id, serial, model },
    company: ownerId && names.has(ownerId) ? { id: ownerId, name: names.get(ownerId)! } : null,
    facts: facts.get(id)!,
  }))
  const watched = machines
    .filter(one => wasWatched(one.facts))
    .toSorted((a, b) => b.facts.warnings.length - a.facts.warnings.length)
  return {
    ...{ from: from.toISOString(), until: until.toISOString(), more: watched.length > mostShown },
    all: outcomeOfAll([...facts.values()]),
    machines: watched.slice(0, mostShown).map(({ facts: own, ...machine }) => ({ ...machine, outcome: outcomeOfAll([own]) })),
  }
}

/**
 * What was warned of at machines in the times that are given, and what came of it, of all together; with how many of them were watched in these times.
 * For the portal's own work: whoever tells of it answers for whose times they are.
 */
export async function outcomeIn(
  platform: Platform,
  intervals: readonly VisibleInterval[],
  within: { from: Date; until: Date },
): Promise<{ outcome: Outcome; machines: number }> {
  const ids = [...new Set(intervals.map(({ deviceId }) => deviceId))]
  const facts = [...(await factsOf(platform, { intervals, ids, ...within })).values()]
  return { outcome: outcomeOfAll(facts), machines: facts.filter(wasWatched).length }
}

interface MachineFacts {
  warnings: Warning[]
  /** from before the time that is looked at */
  earlier: Warning[]
  faults: Fault[]
  watchedMs: number
}

const wasWatched = ({ watchedMs, warnings }: MachineFacts): boolean => watchedMs > 0 || warnings.length > 0

const outcomeOfAll = (facts: readonly MachineFacts[]): Outcome =>
  outcomeOf(
    facts.flatMap(({ warnings }) => warnings),
    facts.flatMap(({ faults }) => faults),
    facts.reduce((sum, { watchedMs }) => sum + watchedMs, 0),
    facts.flatMap(({ earlier }) => earlier),
  )

async function factsOf(
  platform: Platform,
  { intervals, ids, from, until }: { intervals: readonly VisibleInterval[]; ids: readonly string[]; from: Date; until: Date },
): Promise<Map<string, MachineFacts>> {
  const known = await knownOf(platform, ids, { from, until })
  const spans = Map.groupBy(intervals, ({ deviceId }) => deviceId)
  return new Map(ids.map(id => [id, cut(known, id, spans.get(id) ?? [], { from, until })]))
}

interface Known {
  warnings: Warning[]
  faults: Fault[]
  watched: ReadonlyMap<string, readonly WatchedTime[]>
}

async function knownOf(platform: Platform, ids: readonly string[], within: { from: Date; until: Date }): Promise<Known> {
  const longer = { from: new Date(within.from.getTime() - longestLead * 86_400_000), until: within.until }
  const [alarms, failures, replacements, service, watched] = await Promise.all([
    foundAlarmsOf(platform, ids, longer),
    failuresOf(platform, ids, longer),
    replacementsOf(platform, ids, longer),
    doneServiceOf(platform, ids, within),
    watchedTimes(platform, ids),
  ])
  const warnings = alarms.filter(({ source }) => !isOfSensor(source))
  const faults = faultsOf(failures, replacements, new Set(warnings.map(({ id }) => id)))
  return {
    warnings: warnings.map(({ deviceId, component, startedAt, verdict }) => ({ deviceId, component, at: startedAt, verdict })),
    faults: [...faults.filter(({ at }) => at >= within.from), ...service.map(one => ({ ...one, kind: 'service' as const }))],
    watched,
  }
}

/** What of a machine lies in times that the reader may see, and how long it was watched in them. */
function cut(
  known: Known,
  id: string,
  spans: readonly VisibleInterval[],
  { from, until }: { from: Date; until: Date },
): MachineFacts {
  const own = <One extends { deviceId: string; at: Date }>(all: readonly One[]) =>
    all.filter(one => one.deviceId === id && isVisible(one.at, spans))
  const watched = (known.watched.get(id) ?? []).flatMap(time => {
    const [begin, end] = [Math.max(time.from.getTime(), from.getTime()), Math.min(time.until.getTime(), until.getTime())]
    return begin < end ? [{ from: new Date(begin), until: new Date(end) }] : []
  })
  const warnings = own(known.warnings)
  return {
    ...{ warnings: warnings.filter(({ at }) => at >= from), earlier: warnings.filter(({ at }) => at < from) },
    faults: own(known.faults),
    watchedMs: watched.reduce((sum, time) => sum + spans.reduce((own, span) => own + overlap(span, time), 0), 0),
  }
}

const overlap = (span: Span, { from, until }: WatchedTime): number =>
  Math.max(
    0,
    Math.min(span.until?.getTime() ?? Number.POSITIVE_INFINITY, until.getTime()) -
      Math.max(span.from?.getTime() ?? Number.NEGATIVE_INFINITY, from.getTime()),
  )
