import type { LocalizedText } from '#platform/core'

/** What of a machine is looked at, and how. */
export interface Plan {
  /** metrics that say how the machine is being used: a value is held against others of the same use */
  regime: string[]
  /** metrics that say how it is */
  watched: { key: string; component: string | null }[]
  /** days with readings of which it learns what is usual */
  learningDays: number
}

export interface PlannedMetric {
  key: string
  unit: string
  name: LocalizedText
}

/** Days of the first weeks of a machine from which its baseline comes. */
export const learningDays = 14

/**
 * The plan of a type that nobody has to set up. Speeds and loads say how a machine is used; counters, hours, numbers of tools and levels of what is used up say nothing of its
 * health; every other metric does. A metric belongs to the component whose key says most of the metric's.
 */
export function planFor(metrics: readonly PlannedMetric[], components: readonly string[]): Plan {
  const drives = metrics.filter(({ key, unit }) => unit === '1/min' || /(^|_)(speed|load|feed_rate)($|_)/.test(key))
  const regime = drives.slice(0, 2).map(({ key }) => key)
  const watched = metrics
    .filter(
      ({ key, unit }) => !drives.some(drive => drive.key === key) && unit !== '' && unit !== 'h' && !/(^|_)level($|_)/.test(key),
    )
    .map(({ key }) => ({ key, component: componentOf(key, components) }))
  return { regime, watched, learningDays }
}

function componentOf(metric: string, components: readonly string[]): string | null {
  const words = new Set(metric.split('_'))
  let best: { key: string; said: number } | null = null
  for (const key of components) {
    const said = key.split('_').filter(word => words.has(word)).length
    if (said > 0 && said > (best?.said ?? 0)) best = { key, said }
  }
  return best?.key ?? null
}
