import type { MetricTells } from '#features/devices/core'
import type { LocalizedText } from '#platform/core'

/** What of a machine is looked at, and how. */
export interface Plan {
  /** metrics that say how the machine is being used: a value is held against others of the same use */
  regime: string[]
  /** of these, metrics of which each value is a use by itself */
  modes: string[]
  /** metrics that say how it is */
  watched: { key: string; component: string | null }[]
  /** days with readings of which it learns what is usual */
  learningDays: number
}

export interface PlannedMetric {
  key: string
  unit: string
  name: LocalizedText
  tells?: MetricTells | null
  component?: string | null
}

/** Days of the first weeks of a machine from which its baseline comes. */
export const learningDays = 14

/** What was reported longer ago is not learned of. */
export const longestMs = 90 * 86_400_000

/** metrics of use, where the type says which, and where it does not */
const mostDeclared = 4
const mostGuessed = 2

/**
 * The plan of a type: what each metric tells, as the type says. Of a metric of which it does not: speeds and loads tell how a machine is used, where no metric
 * is said to; hours, levels of what is used up, and what is named as a count, a number or a state tell nothing of its health; every other metric does. A metric belongs to the
 * component the type says; where it says none, to that whose key says most of the metric's.
 */
export function planFor(metrics: readonly PlannedMetric[], components: readonly string[]): Plan {
  const declared = metrics.filter(({ tells }) => tells === 'use' || tells === 'mode').slice(0, mostDeclared)
  const guessed = metrics.filter(metric => metric.tells == null && isDrive(metric)).slice(0, mostGuessed)
  const uses = declared.length > 0 ? declared : guessed
  return {
    regime: uses.map(({ key }) => key),
    modes: uses.filter(({ tells }) => tells === 'mode').map(({ key }) => key),
    watched: metrics
      .filter(isCondition)
      .map(({ key, component }) => ({ key, component: declaredAmong(components, component) ?? componentOf(key, components) })),
    learningDays,
  }
}

/** By what the ways of use of a plan are told apart: where that is another, what was usual says nothing. */
export const usedBy = ({ regime, modes }: Plan): string => regime.map(key => (modes.includes(key) ? `${key}!` : key)).join(' ')

const isDrive = ({ key, unit }: PlannedMetric) => unit === '1/min' || /(^|_)(speed|load|feed_rate)($|_)/.test(key)
const isCount = ({ key, unit }: PlannedMetric) =>
  unit === 'h' ||
  /(^|_)level($|_)/.test(key) ||
  (unit === '' && /(^|_)(count|counter|number|made|total|cycles|zone|program|mode|state|status|code|id)($|_)/.test(key))
const isCondition = (metric: PlannedMetric) =>
  metric.tells == null ? !isDrive(metric) && !isCount(metric) : metric.tells === 'condition'

const declaredAmong = (components: readonly string[], declared: string | null | undefined): string | null =>
  components.find(key => key === declared) ?? null

function componentOf(metric: string, components: readonly string[]): string | null {
  const words = new Set(metric.split('_'))
  let best: { key: string; said: number } | null = null
  for (const key of components) {
    const said = key.split('_').filter(word => words.has(word)).length
    if (said > 0 && said > (best?.said ?? 0)) best = { key, said }
  }
  return best?.key ?? null
}
