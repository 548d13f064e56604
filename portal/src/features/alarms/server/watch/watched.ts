import type { TakenReadings } from '#features/telemetry/server'
import type { LocalizedText } from '#platform/core'
import { type Criteria, metricsOf, type OwnRule, type Part, partsOf, type RuleState, type Severity } from '../../core/index.ts'

/** A rule that watches a machine. */
export interface WatchRule extends Criteria {
  id: string
  revision: number
  name: LocalizedText
  severity: Severity
  faultCode: string | null
  cause: LocalizedText
  remedy: LocalizedText
  component: string | null
  escalateAfter: number | null
  /** null: the manufacturer's */
  own: OwnRule | null
}

/** A machine as it is watched in this process. */
export interface Watched {
  /** cold: nothing is known yet. loading: its rules and its past are being read. stale: they are known, and read again */
  status: 'cold' | 'loading' | 'ready' | 'stale'
  rules: readonly WatchRule[]
  states: Map<string, RuleState>
  /** rules by the metric they look at; '' for those that wait for any */
  byMetric: ReadonlyMap<string, readonly WatchRule[]>
  decimals: ReadonlyMap<string, number>
  /** what is being written of it; the next reading waits for it */
  writing: Promise<void> | null
  /** when it was last heard, by the portal's clock, and its newest reading then; null: not since this process began */
  heard: { at: number; newest: number } | null
  /** something came so late that only its whole past can say how its rules stand */
  late: boolean
  /** its past is being read just now */
  looking: boolean
  /** what came while its past was being read; it may be part of that, or not yet */
  meanwhile: TakenReadings[]
}

export const unknownMachine = (): Watched => ({
  ...{
    status: 'cold',
    rules: [],
    states: new Map(),
    byMetric: new Map(),
    decimals: new Map(),
    writing: null,
    late: false,
    heard: null,
    looking: false,
    meanwhile: [],
  },
})

export const sourceOf = ({ id }: Pick<WatchRule, 'id'>): string => `rule:${id}`

/** Which rules look at which metric. */
export function rulesByMetric(rules: readonly WatchRule[]): Map<string, WatchRule[]> {
  const byMetric = new Map<string, WatchRule[]>()
  for (const rule of rules)
    for (const metric of keysOf(rule)) {
      const known = byMetric.get(metric)
      if (known) known.push(rule)
      else byMetric.set(metric, [rule])
    }
  return byMetric
}

const allParts = ({ raise, clear }: Criteria): Part[] => [...partsOf(raise), ...(clear ? partsOf(clear) : [])]

function keysOf(rule: Criteria): string[] {
  const any = allParts(rule).some(part => part.kind === 'silence' && part.metric === null)
  return [...new Set([...metricsOf(rule.raise), ...(rule.clear ? metricsOf(rule.clear) : []), ...(any ? [''] : [])])]
}

/** How much of the past a rule has to know before it can speak, in milliseconds; and, beyond that, of a baseline. */
export function pastOf(rule: Criteria): { exact: number; baseline: number } {
  let [seconds, hours] = [0, 0]
  for (const part of allParts(rule)) {
    if (part.kind === 'rate' || part.kind === 'silence') seconds = Math.max(seconds, part.seconds)
    if (part.kind === 'deviation') hours = Math.max(hours, part.hours)
    if ('lasting' in part) seconds = Math.max(seconds, part.lasting ?? 0)
    if ('repeated' in part) seconds = Math.max(seconds, part.repeated?.seconds ?? 0)
  }
  return { exact: Math.min(seconds * 2000, 3 * 86_400_000) + 10 * 60_000, baseline: hours * 3_600_000 }
}
