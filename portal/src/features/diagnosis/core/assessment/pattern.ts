import { EigenvalueDecomposition, Matrix } from 'ml-matrix'
import { quantile } from '../detection/order.ts'

/** How the metrics of a sound machine move together: directions that explain most of it, with their variances, and what is left over. */
export interface Pattern {
  directions: number[][]
  variances: number[]
  /** highest that was usual: of T², of Q */
  limits: [t2: number, q: number]
}

export interface Fit {
  /** distance within how the metrics usually move together */
  t2: number
  /** distance from it */
  q: number
  /** share of each metric in the greater of both, against their limits; they sum to 1 */
  shares: number[]
}

/** the pattern has to be farther apart than single hours are */
export const patternLimit = 1.4
/** share of the variance that the directions explain */
const explained = 0.9
/** of the rows farthest from the middle nothing is learned */
const trimmed = 0.05

/** From hours of a sound machine, each metric in its usual deviations. null: too few for so many metrics. */
export function learnPattern(rows: readonly (readonly number[])[]): Pattern | null {
  const width = rows[0]?.length ?? 0
  if (width < 2 || rows.length < 5 * width) return null
  const sizes = rows.map(row => Math.hypot(...row))
  const most = quantile(sizes, 1 - trimmed)
  const kept = rows.filter((_, i) => sizes[i]! <= most)
  const matrix = new Matrix(kept.map(row => [...row]))
  const covariance = matrix.transpose().mmul(matrix).div(kept.length)
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(covariance, { assumeSymmetric: true })
  const order = realEigenvalues.map((value, i) => ({ value: Math.max(value, 1e-6), i })).sort((a, b) => b.value - a.value)
  const total = order.reduce((sum, { value }) => sum + value, 0)
  const pattern: Pattern = { directions: [], variances: [], limits: [1, 1] }
  let sum = 0
  for (const { value, i } of order) {
    if (sum >= explained * total) break
    sum += value
    pattern.directions.push(eigenvectorMatrix.getColumn(i))
    pattern.variances.push(value)
  }
  const fits = rows.map(row => fitOf(pattern, row))
  pattern.limits = [
    quantile(
      fits.map(({ t2 }) => t2),
      0.99,
    ) || 1,
    quantile(
      fits.map(({ q }) => q),
      0.99,
    ) || 1,
  ]
  return pattern
}

/** Hotelling's T² and the squared prediction error Q of one row, with what each metric contributes. */
export function fitOf({ directions, variances, limits }: Pattern, row: readonly number[]): Fit {
  const scores = directions.map(direction => direction.reduce((sum, weight, i) => sum + weight * row[i]!, 0))
  const t2 = scores.reduce((sum, score, k) => sum + score ** 2 / variances[k]!, 0)
  const rest = row.map((value, i) => value - scores.reduce((sum, score, k) => sum + score * directions[k]![i]!, 0))
  const q = rest.reduce((sum, value) => sum + value ** 2, 0)
  const inside = row.map((value, i) =>
    Math.max(
      0,
      scores.reduce((sum, score, k) => sum + (score / variances[k]!) * directions[k]![i]! * value, 0),
    ),
  )
  const outside = rest.map(value => value ** 2)
  const parts = t2 / limits[0] > q / limits[1] ? inside : outside
  const sum = parts.reduce((total, part) => total + part, 0)
  return { t2, q, shares: parts.map(part => (sum > 0 ? part / sum : 0)) }
}
