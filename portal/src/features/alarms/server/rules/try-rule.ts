import { setImmediate as pause } from 'node:timers/promises'
import { isVisible } from '#features/devices/core'
import { metricsOfDevices, noSuchDevice } from '#features/devices/server'
import { readSeries } from '#features/telemetry/server'
import type { RequestContext } from '#platform/server'
import { type Criteria, type Effect, metricsOf, partsOf, ruleLimits, startRule, step } from '../../core/index.ts'
import { presentSight } from '../sight.ts'
import type { AlarmReads, AlarmTables } from '../tables.ts'
import { findOwnRule, type RuleRow } from './read-rules.ts'

/** Readings of a metric that a trial looks at; where there are more, means of short steps stand for them. */
const mostPoints = 200_000
/** Readings between two breaths, so that others are served meanwhile. */
const piece = 4000

/**
 * When a rule of the own side would have raised an alarm at a machine, in the last days as far as the account may see them. Where there is
 * nothing to try it on it stays untried.
 */
export async function tryRule(
  context: RequestContext,
  { ruleId, deviceId, days }: { ruleId: string; deviceId: string; days: number },
) {
  const rule = await findOwnRule(context, ruleId)
  const { platform } = context
  await demandWatched(context, rule, deviceId)
  const sight = await presentSight(platform, context.account, deviceId)
  const until = platform.now()
  const from = new Date(until.getTime() - days * 86_400_000)
  const criteria: Criteria = { raise: rule.raise, clear: rule.clear }
  const metrics = await metricsToRead(context, criteria, deviceId)
  const span = until.getTime() - from.getTime()
  const series = await readSeries(platform, deviceId, {
    ...{ metrics, from, until, step: Math.max(1, Math.ceil(span / mostPoints)) },
  })
  const points = [...series]
    .flatMap(([metric, all]) => all.map(point => ({ metric, ...point })))
    .filter(({ at }) => isVisible(new Date(at), sight))
    .sort((a, b) => a.at - b.at)
  let state = startRule(criteria, from.getTime())
  const effects: Effect[] = []
  for (let at = 0; at < points.length; at += piece) {
    const some = points.slice(at, at + piece)
    const taken = step(criteria, state, some, some.at(-1)!.at)
    state = taken.state
    effects.push(...taken.effects)
    await pause()
  }
  effects.push(...step(criteria, state, [], until.getTime()).effects)
  if (points.length > 0) await noteTrial(context, ruleId, rule.revision)
  const raises = raisesOf(effects)
  return {
    ...{ from: from.toISOString(), until: until.toISOString(), readings: points.length, count: raises.length },
    raises: raises.slice(0, ruleLimits.raises),
  }
}

/** On another machine than those it would watch a trial says nothing. */
async function demandWatched({ platform }: RequestContext, rule: RuleRow, deviceId: string): Promise<void> {
  if (rule.device_id === deviceId) return
  const device = await platform.database
    .db<AlarmReads>()
    .selectFrom('device')
    .select('type_id')
    .where('id', '=', deviceId)
    .executeTakeFirst()
  if (rule.device_id !== null || !device || device.type_id !== rule.type_id) throw noSuchDevice()
}

/** Those the rule names, or all of the machine where it waits for any. */
async function metricsToRead({ platform }: RequestContext, { raise, clear }: Criteria, deviceId: string): Promise<string[]> {
  const parts = [...partsOf(raise), ...(clear ? partsOf(clear) : [])]
  if (!parts.some(part => 'metric' in part && part.metric === null))
    return [raise, clear].flatMap(one => (one ? metricsOf(one) : []))
  return ((await metricsOfDevices(platform.database, [deviceId])).get(deviceId) ?? []).map(({ key }) => key)
}

const raisesOf = (effects: readonly Effect[]) =>
  effects.flatMap(({ kind, at }, i) => {
    if (kind !== 'raise') return []
    const over = effects[i + 1]
    return [{ from: new Date(at).toISOString(), until: over ? new Date(over.at).toISOString() : null }]
  })

/** A rule that was changed meanwhile stays untried. */
const noteTrial = ({ platform }: RequestContext, ruleId: string, revision: number) =>
  platform.database
    .db<AlarmTables>()
    .updateTable('alarm_rule')
    .set({ tested_at: platform.now() })
    .where('id', '=', ruleId)
    .where('revision', '=', revision)
    .execute()
