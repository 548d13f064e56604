import { dueMaintenanceOf, maintenanceDone, serviceRequestsOf } from '#features/advisory/server'
import { isByRule } from '#features/alarms/core'
import { alarmsOf } from '#features/alarms/server'
import { isVisible, type Span } from '#features/devices/core'
import { componentsInMachines, metricsOfDevices, type TypedDevice, type VisibleInterval } from '#features/devices/server'
import { findingsOf, healthHistory } from '#features/diagnosis/server'
import { prognosesOf } from '#features/prognosis/server'
import { readSeries } from '#features/telemetry/server'
import type { Platform } from '#platform/server'
import type { MachineFacts } from '../core/index.ts'

const hour = 3_600_000
/** How far back a health index is looked for that still held at the beginning. */
const healthBack = 180 * 24 * hour
const mostFindings = 12

/** What of a machine happened in a month, in the times its owner may see. within: the month's instants. open: what of it he is told */
export async function gatherFacts(
  platform: Platform,
  { id, serial, model }: TypedDevice,
  intervals: readonly VisibleInterval[],
  { within, open }: { within: { from: Date; until: Date }; open: { findings: boolean; outlook: boolean } },
): Promise<MachineFacts> {
  const spans = intervals.flatMap(span => clip(span, within))
  const seen = (at: Date) => isVisible(at, spans)
  const [history, alarms, findings, service, done, due, told, components, readings] = await Promise.all([
    healthHistory(platform, id, null, { from: new Date(within.from.getTime() - healthBack), until: within.until }),
    alarmsOf(platform, id, within),
    findingsOf(platform, id, within),
    serviceRequestsOf(platform, id, spans),
    maintenanceDone(platform, id, within),
    dueMaintenanceOf(platform, intervals),
    prognosesOf(platform, [id]),
    componentsInMachines(platform.database, [id]),
    readingsIn(platform, id, spans),
  ])
  const known = history.filter(({ at }) => isVisible(at, intervals))
  const at = (moment: Date) => known.findLast(point => point.at <= moment)?.index ?? null
  const inSight = alarms.filter(({ startedAt, source }) => seen(startedAt) && (open.findings || isByRule(source)))
  const count = (severity: keyof MachineFacts['alarms']) => inSight.filter(one => one.severity === severity).length
  return {
    device: { id, serial, model },
    health: open.findings ? { before: at(within.from), end: at(within.until) } : null,
    ...readings,
    alarms: { critical: count('critical'), high: count('high'), medium: count('medium'), low: count('low') },
    findings: open.findings
      ? findings
          .filter(({ openedAt }) => isVisible(openedAt, intervals))
          .slice(0, mostFindings)
          .map(({ text, openedAt, closedAt, verdict }) => ({
            ...{
              text,
              since: openedAt.toISOString(),
              until: closedAt && closedAt < within.until ? closedAt.toISOString() : null,
            },
            verdict,
          }))
      : null,
    service: service.map(({ number, about, at: closed }) => ({ number, about, at: closed })),
    maintenance: {
      done: done.filter(({ at }) => seen(at)).length,
      due: due.filter(({ deviceId }) => deviceId === id).map(({ name }) => name),
    },
    outlook: open.outlook
      ? components.flatMap(({ key, name }) => {
          const last = (told.get(id) ?? []).find(one => one.component === key)
          return last && isVisible(last.asOf, intervals) && last.asOf < within.until
            ? [{ component: name, remaining: last.remaining }]
            : []
        })
      : null,
  }
}

/** Hours with readings, and what counters of hours said first and last. */
async function readingsIn(
  platform: Platform,
  id: string,
  spans: readonly { from: Date; until: Date }[],
): Promise<Pick<MachineFacts, 'counters' | 'availability'>> {
  const metrics = (await metricsOfDevices(platform.database, [id])).get(id) ?? []
  const hours = new Set<number>()
  const counted = new Map<string, { first: number; last: number }>()
  for (const span of spans) {
    const series = await readSeries(platform, id, { metrics: metrics.map(({ key }) => key), ...span, step: hour })
    for (const [metric, points] of series) {
      for (const { at } of points) hours.add(at)
      const first = counted.get(metric)?.first ?? points[0]!.value
      counted.set(metric, { first, last: points.at(-1)!.value })
    }
  }
  const possible = spans.reduce((sum, { from, until }) => sum + (until.getTime() - from.getTime()) / hour, 0)
  return {
    availability: possible === 0 ? 0 : Math.min(1, hours.size / possible),
    counters: metrics.flatMap(({ key, name, unit }) => {
      const said = counted.get(key)
      return unit === 'h' && said ? [{ name, unit, added: Math.max(0, said.last - said.first), end: said.last }] : []
    }),
  }
}

const clip = ({ from, until }: Span, within: { from: Date; until: Date }): { from: Date; until: Date }[] => {
  const begin = from && from > within.from ? from : within.from
  const end = until && until < within.until ? until : within.until
  return begin < end ? [{ from: begin, until: end }] : []
}
