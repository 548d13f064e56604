/** A value that drifts and wanders, seen through noise, as it stands after the last point. Per step. */
export interface Wandering {
  /** how likely this reading of the points is beside the others, all together 1 */
  weight: number
  level: number
  levelVariance: number
  drift: number
  driftVariance: number
  together: number
  wander: number
}

/** Shares of wandering in what moves from one point to the next; the rest is noise. */
const shares = [0, 0.0003, 0.001, 0.003, 0.01, 0.03, 0.1, 0.2, 0.35, 0.5, 0.65, 0.8, 0.9, 1]

/**
 * Reads points, evenly spaced, as a Wiener process with drift behind noise. How much of what moves is noise cannot be known for certain, so there is
 * one reading for each share, weighted by its likelihood (Kalman filter with an unknown level and an unknown constant drift).
 */
export function readWandering(values: readonly number[]): Wandering[] {
  const readings = shares.map(share => filtered(values, share))
  const most = Math.max(...readings.map(({ likelihood }) => likelihood))
  const all = readings.reduce((sum, { likelihood }) => sum + Math.exp(likelihood - most), 0)
  return readings.map(({ likelihood, ...reading }) => ({ ...reading, weight: Math.exp(likelihood - most) / all }))
}

function filtered(values: readonly number[], share: number): Omit<Wandering, 'weight'> & { likelihood: number } {
  const noise = 1 - share
  // the first two points tell level and drift, without a word from anybody before
  let [level, drift] = [values[1]!, values[1]! - values[0]!]
  let [a, b, c] = [noise, noise, 2 * noise + share] // variance of level, covariance, variance of drift
  let [squares, logs] = [0, 0]
  for (const value of values.slice(2)) {
    level += drift
    a += 2 * b + c + share
    b += c
    const error = value - level
    const expected = a + noise
    squares += error ** 2 / expected
    logs += Math.log(expected)
    const [gain, gainOfDrift] = [a / expected, b / expected]
    level += gain * error
    drift += gainOfDrift * error
    c -= gainOfDrift * b
    b -= gain * b
    a -= gain * a
  }
  const freedom = values.length - 2
  const scale = Math.max(squares / freedom, Number.MIN_VALUE)
  return {
    ...{ level, drift },
    ...{ levelVariance: scale * a, together: scale * b, driftVariance: scale * c, wander: scale * share },
    likelihood: -0.5 * (freedom * Math.log(scale) + logs),
  }
}
