import { quantile } from '../detection/order.ts'

/** How finely a way of use is told apart, by the place of a metric in the plan. */
const bins = [6, 4, 3]
/** values of use from which the bins of a metric are made */
const opening = 400
/** of the highest usual value: below, it rests */
const resting = 0.03
/** as far beyond what was usually its highest ways of use are told apart, in times of it */
const farthest = 4

/** What ways of use a machine has: each metric cut into equal parts up to what is usually its highest, and as wide parts beyond. */
export interface Regimes {
  /** of each metric */
  first: number[][]
  highest: (number | null)[] | null
}

export function newRegimes(): Regimes {
  return { first: [], highest: null }
}

/**
 * The way of use at a moment, by a name that stays; null: it is not known yet, or a metric of use is missing.
 * use: null where this machine never told of the metric, undefined where it does not now; text where each value is a way of use by itself
 */
export function regimeOf(regimes: Regimes, use: readonly (number | string | null | undefined)[]): string | null {
  if (use.length === 0) return 'any'
  if (use.includes(undefined)) return null
  const modes = use.map(value => (typeof value === 'string' ? value : null))
  const size = use.map(value => (typeof value === 'number' ? Math.abs(value) : null))
  const lead = size.findIndex(value => value !== null)
  if (lead < 0) return modes.some(mode => mode !== null) ? modes.map(mode => mode ?? 'x').join('-') : null
  if (size[lead]! > 0) for (const [i, value] of size.entries()) if (value !== null) measure(regimes, i, value)
  const highest = regimes.highest?.[lead]
  if (highest == null) return size[lead]! === 0 ? 'rest' : null
  if (size[lead]! < resting * highest) return 'rest'
  return size.map((value, i) => modes[i] ?? partOf(regimes, i, value)).join('-')
}

/** The name of a value that is a way of use by itself. */
export const modeOf = (value: number): string => `m${value}`.replaceAll('-', 'n')

/** From where to where the values of a metric lie in a way of use, by its place in the plan; null: all of them. until null: and beyond */
export function rangeOf(regimes: Regimes, regime: string, place: number): { from: number; until: number | null } | null {
  const [name = '', highest] = [regime.split('-')[place], regimes.highest?.[place]]
  if (name.startsWith('m')) {
    const value = Number(name.slice(1).replaceAll('n', '-'))
    return { from: value, until: value }
  }
  const [part, count] = [Number(name), binsOf(place)]
  if (highest == null || !Number.isInteger(part)) return null
  const end = part === count - 1 ? count + 1 : part + 1
  return { from: (part / count) * highest, until: part === farthest * count ? null : (end / count) * highest }
}

const binsOf = (place: number): number => bins[place] ?? 2

/** The last of the parts takes in what is just above it: the highest is what it usually reaches, not a wall. */
function partOf({ highest }: Regimes, place: number, value: number | null): string {
  const most = highest?.[place]
  if (most == null || value === null) return 'x'
  const count = binsOf(place)
  const part = Math.min(farthest * count, Math.floor((count * value) / most))
  return String(part === count ? count - 1 : part)
}

function measure(regimes: Regimes, place: number, value: number): void {
  if (regimes.highest?.[place] != null) return
  regimes.first[place] ??= []
  regimes.first[place].push(value)
  if (regimes.first[place].length < opening) return
  regimes.highest ??= []
  regimes.highest[place] = quantile(regimes.first[place], 0.98) || 1
  regimes.first[place] = []
}
