import type { Wandering } from './wandering.ts'

/**
 * Quantiles of the first step at which a limit is reached: inverse Gaussian, mixed over all readings of the points and over how uncertain the drift is.
 * null: beyond the farthest step. freedom: points beyond those that told level and drift
 */
export function hittingQuantiles(
  readings: readonly Wandering[],
  limit: number,
  freedom: number,
  farthest: number,
  wanted: readonly number[],
): (number | null)[] {
  const likely = readings.filter(({ weight }) => weight > 1e-4)
  const chance = (steps: number) =>
    likely.reduce((sum, reading) => sum + reading.weight * reachedBy(reading, limit, freedom, steps), 0)
  return wanted.map(share => {
    if (chance(farthest) < share) return null
    let [low, high] = [0, farthest]
    for (let round = 0; round < 30; round++) {
      const middle = (low + high) / 2
      if (chance(middle) < share) low = middle
      else high = middle
    }
    return high
  })
}

/** How likely it is that the drift goes up at all. */
export const chanceOfRise = (readings: readonly Wandering[], freedom: number): number =>
  readings.reduce(
    (sum, { weight, drift, driftVariance }) => sum + weight * normal(drift / (heavier(freedom) * Math.sqrt(driftVariance))),
    0,
  )

/** Middles of 24 slices of the normal distribution that are as likely as each other. */
const slices = Array.from({ length: 24 }, (_, place) => normalQuantile((place + 0.5) / 24))

/** Few points tell the variance badly: the tails are those of Student's distribution, about. */
const heavier = (freedom: number) => Math.sqrt(1 + 2 / Math.max(3, freedom))

function reachedBy(reading: Wandering, limit: number, freedom: number, steps: number): number {
  const deviation = Math.sqrt(reading.driftVariance)
  const incline = reading.driftVariance > 0 ? reading.together / reading.driftVariance : 0
  const blur = Math.max(0, reading.levelVariance - incline * reading.together)
  const spread = Math.sqrt(reading.wander * steps + blur) || Number.MIN_VALUE
  let sum = 0
  for (const slice of slices) {
    const off = heavier(freedom) * deviation * slice
    const drift = reading.drift + off
    const distance = limit - reading.level - incline * off
    sum += Math.min(1, normal((drift * steps - distance) / spread) + reflected(distance, drift, reading.wander, steps, spread))
  }
  return sum / slices.length
}

/** Paths that were beyond the limit before and are back by then. */
function reflected(distance: number, drift: number, wander: number, steps: number, spread: number): number {
  if (distance <= 0 || wander <= 0) return 0
  const tail = normal((-distance - drift * steps) / spread)
  return tail > 0 ? Math.exp(Math.min(700, (2 * drift * distance) / wander + Math.log(tail))) : 0
}

/** Standard normal distribution (Abramowitz and Stegun 7.1.26, to 1.5e-7). */
function normal(value: number): number {
  const x = Math.abs(value) / Math.SQRT2
  const t = 1 / (1 + 0.3275911 * x)
  const tail =
    t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429)))) * Math.exp(-x * x)
  return value > 0 ? 1 - tail / 2 : tail / 2
}

function normalQuantile(share: number): number {
  let [low, high] = [-8, 8]
  for (let round = 0; round < 60; round++) {
    const middle = (low + high) / 2
    if (normal(middle) < share) low = middle
    else high = middle
  }
  return high
}
