import { quantile } from '../detection/order.ts'

/** How finely a way of use is told apart, by the place of a metric in the plan. */
const bins = [6, 4, 3]
/** values of use from which the bins are made */
const opening = 400
/** of the highest usual value: below, it rests */
const resting = 0.03

/** What ways of use a machine has: each metric cut into equal parts up to what is usually its highest. */
export interface Regimes {
  first: number[][]
  highest: number[] | null
}

export function newRegimes(): Regimes {
  return { first: [], highest: null }
}

/** The way of use at a moment, by a name that stays; null: it is not known yet, or a metric of use is missing. */
export function regimeOf(regimes: Regimes, use: readonly (number | undefined)[]): string | null {
  if (use.length === 0) return 'any'
  const known = use.filter(value => value !== undefined)
  if (known.length < use.length) return null
  const size = known.map(Math.abs)
  if (!regimes.highest) {
    if (size[0]! > 0) regimes.first.push(size)
    if (regimes.first.length < opening) return size[0]! === 0 ? 'rest' : null
    regimes.highest = size.map(
      (_, i) =>
        quantile(
          regimes.first.map(values => values[i]!),
          0.98,
        ) || 1,
    )
    regimes.first = []
  }
  if (size[0]! < resting * regimes.highest[0]!) return 'rest'
  return size
    .map((value, i) => Math.min((bins[i] ?? 2) - 1, Math.floor(((bins[i] ?? 2) * value) / regimes.highest![i]!)))
    .join('-')
}
