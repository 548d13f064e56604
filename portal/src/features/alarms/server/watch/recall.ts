import { ownedSince } from '#features/devices/server'
import { readingLimits } from '#features/telemetry/core'
import { latestReadings, readSeries } from '#features/telemetry/server'
import type { Platform } from '#platform/server'
import { type Effect, type MetricPoint, type RuleState, startRule, step } from '../../core/index.ts'
import { pastOf, rulesByMetric, type Watched, type WatchRule } from './watched.ts'

/** Steps in which a baseline is recalled. */
const baselineSteps = 240

/**
 * How rules stand at a machine by what it has reported until now, and what of that nobody has written yet: an alarm that should be open
 * and is not, or one that is and should not be. openSince: of the rules whose alarm is open, when it was last raised. heard: when the machine was
 * last heard in this process: one that sends what it kept for days is not silent. What the machine reported before its owner came says nothing
 */
export async function recall(
  platform: Platform,
  deviceId: string,
  rules: readonly WatchRule[],
  metrics: readonly string[],
  openSince: ReadonlyMap<string, Date>,
  heard: Watched['heard'],
): Promise<{ rule: WatchRule; state: RuleState; missed: Effect | null }[]> {
  if (rules.length === 0) return []
  const now = platform.now().getTime()
  const named = rulesByMetric(rules)
  const wanted = named.has('') ? metrics : metrics.filter(metric => named.has(metric))
  const pasts = rules.map(pastOf)
  const owned = (await ownedSince(platform.database, deviceId))?.getTime() ?? 0
  const exactFrom = Math.max(owned, now - Math.max(...pasts.map(({ exact }) => exact)))
  const baselineFrom = Math.max(owned, now - Math.max(...pasts.map(({ baseline }) => baseline)))
  const points: MetricPoint[] = []
  const last = (await latestReadings(platform, [deviceId])).get(deviceId)
  for (const metric of wanted) {
    const point = last?.get(metric)
    if (point && point.at >= owned && point.at < Math.min(exactFrom, baselineFrom)) points.push({ metric, ...point }) // it has said nothing since
  }
  if (baselineFrom < exactFrom)
    points.push(...(await read(baselineFrom, exactFrom, Math.ceil((exactFrom - baselineFrom) / baselineSteps))))
  points.push(...(await read(exactFrom, now + readingLimits.ahead, 1))) // beyond lies what came while our clock was ahead
  points.sort((a, b) => a.at - b.at)
  const newest = points.at(-1)?.at ?? now
  // readings are in history before they are judged, so that it may know a newer one than was heard
  const made = Math.min(newest, now)
  const received = heard === null ? made : newest <= heard.newest ? heard.at : Math.max(heard.at, made)
  return rules.map(rule => {
    const since = openSince.get(rule.id)?.getTime() ?? null
    const past = step(rule, startRule(rule, now, since), points, received)
    const present = step(rule, past.state, [], now)
    const last = [...past.effects, ...present.effects].at(-1) ?? null
    return { rule, state: present.state, missed: present.state.active === (since !== null) ? null : last }
  })

  async function read(from: number, until: number, stepMs: number): Promise<MetricPoint[]> {
    const series = await readSeries(platform, deviceId, {
      ...{ metrics: wanted, from: new Date(from), until: new Date(until), step: stepMs },
    })
    return [...series].flatMap(([metric, all]) => all.map(point => ({ metric, ...point })))
  }
}
