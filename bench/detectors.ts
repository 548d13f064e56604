import { createDetector, observe } from '../portal/src/features/diagnosis/core/index.ts'

/** at: milliseconds since 1970 */
export interface Row {
  at: number
  value: number
}

/** Scores of the rows of a whole file, 0 to 1: each is judged by what came before it. */
export type Detector = (rows: readonly Row[]) => number[]

/** What the portal does with a reading, with its own values for everything but how long it learns, which NAB sets. */
export function portalDetector(rows: readonly Row[]): number[] {
  const detector = createDetector({ learning: Math.min(Math.floor(0.15 * rows.length), 750) })
  return rows.map(({ at, value }) => observe(detector, { at, value }).score)
}

/** NAB's own baseline: how far a value is from mean and deviation of the last 6400, renewed every hundred. */
export function windowedGaussian(rows: readonly Row[]): number[] {
  let [seen, waiting]: [number[], number[]] = [[], []]
  let [mean, deviation] = [0, 1]
  const renew = () => {
    mean = seen.reduce((sum, value) => sum + value, 0) / seen.length
    deviation = Math.sqrt(seen.reduce((sum, value) => sum + (value - mean) ** 2, 0) / seen.length) || 1e-6
  }
  return rows.map(({ value }) => {
    const score = seen.length === 0 ? 0 : 1 - upperTail(Math.abs(value - mean) / deviation)
    if (seen.length < 6400) {
      seen.push(value)
      renew()
    } else if (waiting.push(value) === 100) {
      seen = [...seen.slice(100), ...waiting]
      waiting = []
      renew()
    }
    return score
  })
}

/** Of a normal distribution, by the continued fraction of its Mills ratio far out and its power series near the middle. */
function upperTail(z: number): number {
  const density = Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)
  if (z > 3) {
    let fraction = z
    for (let k = 60; k >= 1; k--) fraction = z + k / fraction
    return density / fraction
  }
  let [term, sum] = [z, z]
  for (let k = 1; k < 80; k++) {
    term *= (z * z) / (2 * k + 1)
    sum += term
  }
  return 0.5 - density * sum
}
