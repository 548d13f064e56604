import { isVisible } from '#features/devices/core'
import { typedDevices, visibleIntervals } from '#features/devices/server'
import { latestReadings } from '#features/telemetry/server'
import type { RequestContext } from '#platform/server'
import { metricsOf, partsOf, ruleLimits } from '../../core/index.ts'
import type { RuleRow } from './read-rules.ts'

/** Whether a machine that a rule watches has reported what it looks at in the days a trial can look back, as far as the account may see. */
export async function hasHistory({ platform, account }: RequestContext, rule: RuleRow): Promise<boolean> {
  const ids = rule.device_id
    ? [rule.device_id]
    : (await typedDevices(platform.database, { typeIds: [rule.type_id!] })).map(({ id }) => id)
  if (ids.length === 0) return false
  const [latest, intervals] = await Promise.all([latestReadings(platform, ids), visibleIntervals(platform, account, ids)])
  const conditions = [rule.raise, ...(rule.clear ? [rule.clear] : [])]
  const any = conditions.flatMap(partsOf).some(part => 'metric' in part && part.metric === null)
  const metrics = new Set(conditions.flatMap(metricsOf))
  const since = platform.now().getTime() - ruleLimits.days * 86_400_000
  return ids.some(id => {
    const own = intervals.filter(({ deviceId }) => deviceId === id)
    return [...(latest.get(id) ?? [])].some(
      ([metric, { at }]) => (any || metrics.has(metric)) && at >= since && isVisible(new Date(at), own),
    )
  })
}
