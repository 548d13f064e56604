/** What was foretold of a life that the model had not seen, and what came. */
export interface Score {
  unit: string
  /** steps the life had behind it */
  age: number
  predicted: number
  actual: number
}

/**
 * Errors (actual − predicted) that bound an interval of the wanted coverage. plain: one pair for all predictions, by the size of errors alone.
 * local: pairs by what was predicted, for near the end one errs less than far from it; low and high apart, for errors are lopsided.
 */
export type Conformal = { kind: 'plain'; error: number } | { kind: 'local'; bands: { upTo: number; low: number; high: number }[] }

/**
 * Split conformal: half the interval is the error that a share of `coverage` does not exceed. Every life counts the same however many steps of it
 * are scored, and one more life, the one to come, counts as worse than all: so coverage is promised for a life that was never seen.
 */
export function plainConformal(scores: readonly Score[], coverage: number): Conformal {
  const errors = weighted(scores).map(({ score, weight }) => ({ value: Math.abs(score.actual - score.predicted), weight }))
  return { kind: 'plain', error: quantileOf(errors, coverage) }
}

/**
 * The same within bands of what was predicted, as many as leave scores of enough lives in each. Where there are too few lives for one band it is
 * the plain interval.
 */
export function localConformal(scores: readonly Score[], coverage: number): Conformal {
  const ordered = [...scores].sort((a, b) => a.predicted - b.predicted)
  const tail = (1 - coverage) / 2
  const enough = Math.ceil((1 - tail) / tail - 1e-9)
  for (let count = mostBands; count > 0; count--) {
    const parts = Array.from({ length: count }, (_, band) =>
      ordered.slice(Math.floor((band * ordered.length) / count), Math.floor(((band + 1) * ordered.length) / count)),
    )
    if (!parts.every(own => new Set(own.map(({ unit }) => unit)).size >= enough)) continue
    return { kind: 'local', bands: parts.map((own, band) => bandOf(own, tail, band === count - 1)) }
  }
  return plainConformal(scores, coverage)
}

function bandOf(own: readonly Score[], tail: number, last: boolean) {
  const errors = weighted(own).map(({ score, weight }) => ({ value: score.actual - score.predicted, weight }))
  const mirrored = errors.map(({ value, weight }) => ({ value: -value, weight }))
  return {
    upTo: last ? Number.MAX_VALUE : own.at(-1)!.predicted,
    low: -quantileOf(mirrored, 1 - tail),
    high: quantileOf(errors, 1 - tail),
  }
}

const mostBands = 8

/** The interval about a prediction, within 0 and the horizon. */
export function intervalAbout(conformal: Conformal, predicted: number, horizon: number): { lower: number; upper: number } {
  const { low, high } =
    conformal.kind === 'plain'
      ? { low: -conformal.error, high: conformal.error }
      : conformal.bands.find(({ upTo }) => predicted <= upTo)!
  const within = (value: number) => Math.min(horizon, Math.max(0, value))
  return { lower: within(predicted + Math.min(0, low)), upper: within(predicted + Math.max(0, high)) }
}

/** Weights that give each life the same, and the life to come as much as one of them. */
function weighted(scores: readonly Score[]) {
  const counts = new Map<string, number>()
  for (const { unit } of scores) counts.set(unit, (counts.get(unit) ?? 0) + 1)
  const all = counts.size + 1
  return scores.map(score => ({ score, weight: 1 / (counts.get(score.unit)! * all) }))
}

/** The smallest value that, with all below, weighs the share wanted; beyond all numbers where even all together do not. */
function quantileOf(values: readonly { value: number; weight: number }[], share: number): number {
  const ordered = [...values].sort((a, b) => a.value - b.value)
  let sum = 0
  for (const { value, weight } of ordered) {
    sum += weight
    if (sum >= share - 1e-12) return value
  }
  return Number.MAX_VALUE
}
