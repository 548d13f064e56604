import { isByRule } from '#features/alarms/core'
import type { WatchedMachine } from '#features/devices/server'
import { connectionsOf, lastReports } from '#features/telemetry/server'
import type { Account, Platform } from '#platform/server'
import { type AlarmSeverity, contactOf, type Standing, stateOf } from '../core/index.ts'
import type { StateSources } from './sources.ts'

const severities: readonly AlarmSeverity[] = ['critical', 'high', 'medium', 'low']

/**
 * How machines stand, as whoever watches them may know: of times that are not his there is nothing, neither an alarm that was raised then
 * nor health as it was then.
 */
export async function standingsOf(
  platform: Platform,
  machines: readonly WatchedMachine[],
  { openAlarms, healthOf, openTo }: StateSources,
  reader: Account | null,
): Promise<Map<string, Standing>> {
  const ids = machines.filter(({ withheld }) => !withheld).map(({ id }) => id)
  const open = openTo ? await openTo(platform, reader, ids) : new Set(ids)
  const [reports, connections, alarms, health] = await Promise.all([
    lastReports(platform, ids),
    connectionsOf(platform.database, ids),
    openAlarms?.(platform, ids),
    healthOf?.(platform, [...open]),
  ])
  const now = platform.now().getTime()
  return new Map(
    machines.map(({ id, from, withheld }) => {
      const isOwn = (at: Date | null): at is Date => !withheld && at !== null && (from === null || at >= from)
      const last = reports.get(id)
      const lastAt = last !== undefined && isOwn(new Date(last)) ? last : null
      const connection = connections.get(id) ?? null
      const told = (alarms?.get(id) ?? []).filter(({ source }) => open.has(id) || isByRule(source))
      const own = told.filter(({ raisedAt }) => isOwn(raisedAt))
      const waiting = own
        .filter(({ state }) => state === 'unacknowledged' || state === 'acknowledged')
        .toSorted((a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity))
      const found = health?.get(id)
      const healthNow = found && isOwn(found.asOf) ? found : null
      const contact = contactOf({ connected: connection?.connected ?? null, lastAt, withheld }, now)
      const since = connection && (isOwn(connection.since) ? connection.since : from)
      const standing: Standing = {
        state: stateOf({
          alarms: waiting.map(({ severity }) => severity),
          health: healthNow?.kind === 'known' ? healthNow.status : null,
          workedOn: own.some(({ state }) => state === 'suppressed'),
          contact,
        }),
        contact,
        contactSince: since?.toISOString() ?? null,
        lastAt: lastAt === null ? null : new Date(lastAt).toISOString(),
        health: healthNow && {
          ...healthNow,
          asOf: healthNow.asOf?.toISOString() ?? null,
          reasons: [...healthNow.reasons],
        },
        alarms: waiting.map(({ id: alarm, severity, name, state, raisedAt }) => ({
          ...{ id: alarm, severity, name, acknowledged: state === 'acknowledged', raisedAt: raisedAt.toISOString() },
        })),
      }
      return [id, standing]
    }),
  )
}
