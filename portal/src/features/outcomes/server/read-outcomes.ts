import { companyNames } from '#features/accounts/server'
import { doneServiceOf } from '#features/advisory/server'
import { foundAlarmsOf } from '#features/alarms/server'
import { isVisible, type Span } from '#features/devices/core'
import { type OpenTo, typedDevices, type VisibleInterval, visibleIntervals } from '#features/devices/server'
import { watchedSince } from '#features/diagnosis/server'
import { failuresOf } from '#features/prognosis/server'
import type { Account, Platform } from '#platform/server'
import { type Fault, type Outcomes, outcomeOf, type Warning } from '../core/index.ts'

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
  const known = await knownOf(
    platform,
    devices.map(({ id }) => id),
    { from, until },
  )
  const spans = Map.groupBy(intervals, ({ deviceId }) => deviceId)
  const owners = account?.kind === 'staff' ? devices.flatMap(({ ownerId }) => ownerId ?? []) : []
  const names = await companyNames(database, [...new Set(owners)])
  const machines = devices.map(({ id, serial, model, ownerId }) => ({
    device: { id, serial, model },
    company: ownerId && names.has(ownerId) ? { id: ownerId, name: names.get(ownerId)! } : null,
    facts: cut(known, id, spans.get(id) ?? [], { from, until }),
  }))
  const all = outcomeOf(
    machines.flatMap(({ facts }) => facts.warnings),
    machines.flatMap(({ facts }) => facts.faults),
    machines.reduce((sum, { facts }) => sum + facts.watchedMs, 0),
  )
  const watched = machines
    .filter(({ facts }) => facts.watchedMs > 0 || facts.warnings.length > 0)
    .toSorted((a, b) => b.facts.warnings.length - a.facts.warnings.length)
  return {
    ...{ from: from.toISOString(), until: until.toISOString(), all, more: watched.length > mostShown },
    machines: watched.slice(0, mostShown).map(({ facts, ...machine }) => ({
      ...machine,
      outcome: outcomeOf(facts.warnings, facts.faults, facts.watchedMs),
    })),
  }
}

interface Known {
  warnings: Warning[]
  faults: Fault[]
  since: ReadonlyMap<string, Date>
}

async function knownOf(platform: Platform, ids: readonly string[], within: { from: Date; until: Date }): Promise<Known> {
  const [warnings, failures, service, since] = await Promise.all([
    foundAlarmsOf(platform, ids, within),
    failuresOf(platform, ids, within),
    doneServiceOf(platform, ids, within),
    watchedSince(platform, ids),
  ])
  return {
    warnings: warnings.map(({ deviceId, component, startedAt, verdict }) => ({ deviceId, component, at: startedAt, verdict })),
    faults: [
      ...failures.map(one => ({ ...one, kind: 'failure' as const })),
      ...service.map(one => ({ ...one, component: null, kind: 'service' as const })),
    ],
    since,
  }
}

/** What of a machine lies in times that the reader may see, and how long it was watched in them. */
function cut(known: Known, id: string, spans: readonly VisibleInterval[], { from, until }: { from: Date; until: Date }) {
  const own = <One extends { deviceId: string; at: Date }>(all: readonly One[]) =>
    all.filter(one => one.deviceId === id && isVisible(one.at, spans))
  const since = known.since.get(id)
  const begin = since && new Date(Math.max(since.getTime(), from.getTime()))
  return {
    ...{ warnings: own(known.warnings), faults: own(known.faults) },
    watchedMs: begin ? spans.reduce((sum, span) => sum + overlap(span, begin, until), 0) : 0,
  }
}

const overlap = (span: Span, from: Date, until: Date): number =>
  Math.max(
    0,
    Math.min(span.until?.getTime() ?? Number.POSITIVE_INFINITY, until.getTime()) -
      Math.max(span.from?.getTime() ?? Number.NEGATIVE_INFINITY, from.getTime()),
  )
