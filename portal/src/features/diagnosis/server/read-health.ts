import { isVisible } from '#features/devices/core'
import { demandVisible, type OpenTo, type VisibleInterval } from '#features/devices/server'
import type { Account, Platform } from '#platform/server'
import {
  type DeviceHealthView,
  type FindingView,
  isDoubt,
  type LaterLearning,
  type LaterLearningView,
  learningDays,
} from '../core/index.ts'
import { findingsOf, healthHistory, healthOf, type KnownFinding } from './health.ts'
import { lastIndices, openFindings } from './keep-assessment.ts'
import { type NamedPlan, plansOf } from './plans.ts'
import type { DiagnosisTables } from './tables.ts'

const shownDays = 180

/** How a machine is and was, in the times the account may see. 404 where nothing of the machine is its. */
export async function readHealth(
  platform: Platform,
  account: Account | null,
  { deviceId, openTo }: { deviceId: string; openTo: OpenTo },
): Promise<DeviceHealthView> {
  const intervals = await demandVisible(platform, account, [deviceId])
  if (!(await openTo(platform, account, [deviceId])).has(deviceId))
    return { ...notKnown, open: false, withheld: false, findings: [], history: [] }
  const until = platform.now()
  const within = { from: new Date(until.getTime() - shownDays * 86_400_000), until }
  const named = (await plansOf(platform, [deviceId])).get(deviceId)!
  const [findings, history] = await Promise.all([
    findingsOf(platform, deviceId, within),
    healthHistory(platform, deviceId, null, within),
  ])
  const present = intervals.some(interval => interval.until === null)
  return {
    ...(present ? await presentOf(platform, deviceId, named) : notKnown),
    open: true,
    withheld: !present,
    findings: findings.flatMap(finding => cut(finding, intervals).map(seen => shown(seen, named))),
    history: history.filter(({ at }) => isVisible(at, intervals)).map(({ at, index }) => ({ at: at.toISOString(), index })),
  }
}

const notKnown = {
  ...{
    kind: 'unknown',
    learned: { days: 0, of: learningDays },
    index: null,
    status: 'good',
    asOf: null,
    components: [],
    later: [],
  },
} satisfies Partial<DeviceHealthView>

async function presentOf(platform: Platform, deviceId: string, named: NamedPlan) {
  const { components, plan } = named
  const [health, indices, open, row] = await Promise.all([
    healthOf(platform, [deviceId]),
    lastIndices(platform.database, deviceId),
    openFindings(platform, deviceId),
    platform.database
      .db<DiagnosisTables>()
      .selectFrom('device_diagnosis')
      .select(['learned_days', 'growth'])
      .where('device_id', '=', deviceId)
      .executeTakeFirst(),
  ])
  const { kind, index, status, asOf } = health.get(deviceId)!
  const doubted = [...open.values()].filter(one => isDoubt(one.kind)).map(one => one.contributions[0]?.metric)
  const unjudged = new Set(plan.watched.filter(one => doubted.includes(one.key)).map(one => one.component))
  const judged = plan.watched.filter(({ key }) => row?.growth?.judged.includes(key) ?? true).map(one => one.component)
  return {
    ...{ kind, index, status, asOf: asOf?.toISOString() ?? null },
    learned: { days: Math.min(row?.learned_days ?? 0, learningDays), of: learningDays },
    components: [...components].flatMap(([key, name]) => {
      const own = indices.get(key)
      return own === undefined || kind !== 'known' || !judged.includes(key)
        ? []
        : [{ key, name, index: own, judged: !unjudged.has(key) }]
    }),
    later: kind === 'known' && asOf ? (row?.growth?.later ?? []).map(one => laterOf(one, asOf, named)) : [],
  }
}

function laterOf({ metric, use, left, waits }: LaterLearning, asOf: Date, { metrics, units }: NamedPlan): LaterLearningView {
  const named = (key: string) => metrics.get(key) ?? { 'zh-CN': key, en: key }
  return {
    metric: metric === null ? null : named(metric),
    use: use.map(({ metric: key, from, until }) => ({ name: named(key), unit: units.get(key) ?? '', from, until })),
    ...{ days: learningDays - left, of: learningDays, waits },
    until: waits || left === 0 ? null : new Date(asOf.getTime() + left * 86_400_000).toISOString(),
  }
}

/** The part of it that a reader may see: since when, and until when, is his own time at most. */
function cut(finding: KnownFinding, intervals: readonly VisibleInterval[]): KnownFinding[] {
  const seen = intervals.find(
    ({ from, until }) => (!until || finding.openedAt < until) && (!from || !finding.closedAt || finding.closedAt > from),
  )
  if (!seen) return []
  const openedAt = seen.from && seen.from > finding.openedAt ? seen.from : finding.openedAt
  const closedAt = seen.until && (!finding.closedAt || finding.closedAt > seen.until) ? seen.until : finding.closedAt
  return [{ ...finding, openedAt, closedAt }]
}

function shown(finding: KnownFinding, { metrics, components }: NamedPlan): FindingView {
  const named = (key: string) => metrics.get(key) ?? { 'zh-CN': key, en: key }
  return {
    ...{ id: finding.id, kind: finding.kind, text: finding.text, score: finding.score, highest: finding.highest },
    unused: finding.unused,
    component: finding.component === null ? null : (components.get(finding.component) ?? null),
    contributions: finding.contributions.map(({ metric, share, higher }) => ({ name: named(metric), share, higher })),
    ...{ since: finding.openedAt.toISOString(), until: finding.closedAt?.toISOString() ?? null, verdict: finding.verdict },
  }
}
