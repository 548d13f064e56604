import type { Measured } from '../core/index.ts'

/** What courses are laid beside: an earlier time of the same machine, or another machine. */
export type Against = { kind: 'earlier'; name: 'day' | 'week'; ms: number } | { kind: 'machine'; id: string }

export interface Compared {
  /** keys of metrics, in the order of the machine's */
  metrics: string[]
  against: Against | null
}

/** Courses in one chart: more cannot be told apart. */
export const mostCompared = 4

const day = 86_400_000

/** What the address says is compared: ?metrics=a,b&against=day|week|{machine}; null: nothing is. */
export function comparedIn(search: URLSearchParams, known: readonly Measured[]): Compared | null {
  const asked = search.get('metrics')
  if (asked === null) return null
  const keys = asked.split(',')
  const metrics = known.map(({ key }) => key).filter(key => keys.includes(key))
  return { metrics: metrics.slice(0, mostCompared), against: againstOf(search.get('against') ?? '') }
}

export function againstOf(text: string): Against | null {
  if (text === 'day' || text === 'week') return { kind: 'earlier', name: text, ms: text === 'day' ? day : 7 * day }
  return /^[\da-f]{8}-([\da-f]{4}-){3}[\da-f]{12}$/.test(text) ? { kind: 'machine', id: text } : null
}

/** For the address; null takes a part out. */
export const writtenCompared = (compared: Compared | null): Record<'metrics' | 'against', string | null> => ({
  metrics: compared?.metrics.join(',') ?? null,
  against: compared?.against ? (compared.against.kind === 'earlier' ? compared.against.name : compared.against.id) : null,
})
