import type { Life } from './life.ts'
import { seededRandom } from './random.ts'

/** How a machine was run, in few kinds, and what sensors usually show in each. Learned from lives, plain data. */
export interface Regimes {
  /** scale of each setting, then the middle of each regime in those scales */
  scales: { mean: number; deviation: number }[]
  centres: number[][]
  /** per regime and sensor; deviation 0: the sensor does not move there */
  usual: { mean: number; deviation: number }[][]
}

const mostRegimes = 8

/**
 * Finds the regimes by the settings alone (k-means, as many as it takes to leave 1 % of their variance), then what each sensor shows in them.
 * Where settings barely differ there is one regime.
 */
export function learnRegimes(lives: readonly Life[], seed: number): Regimes {
  const scales = (lives[0]?.settings ?? []).map((_, setting) => momentsOf(lives.map(life => life.settings[setting]!)))
  const points = lives.flatMap(life => Array.from({ length: life.steps }, (_, step) => scaled(life, step, scales)))
  const centres = centresOf(points, seed)
  const usual = centres.map((_, regime) =>
    (lives[0]?.sensors ?? []).map((_, sensor) =>
      momentsOf(
        lives.map(life =>
          life.sensors[sensor]!.filter((_, step) => nearest(scaled(life, step, scales), centres).index === regime),
        ),
      ),
    ),
  )
  return { scales, centres, usual }
}

/** Sensors of a life as deviations from what is usual in the regime of each step. */
export function inRegimes(life: Life, { scales, centres, usual }: Regimes): Float64Array[] {
  const regimes = Int32Array.from({ length: life.steps }, (_, step) => nearest(scaled(life, step, scales), centres).index)
  return life.sensors.map((values, sensor) =>
    values.map((value, step) => {
      const { mean, deviation } = usual[regimes[step]!]![sensor]!
      return deviation > 0 ? (value - mean) / deviation : Number.isNaN(value) ? Number.NaN : 0
    }),
  )
}

const scaled = (life: Life, step: number, scales: Regimes['scales']) =>
  scales.map(({ mean, deviation }, setting) => {
    const value = life.settings[setting]![step]!
    return deviation > 0 && !Number.isNaN(value) ? (value - mean) / deviation : 0
  })

function momentsOf(columns: readonly Float64Array[]): { mean: number; deviation: number } {
  let [count, sum] = [0, 0]
  for (const column of columns)
    for (const value of column)
      if (!Number.isNaN(value)) {
        count++
        sum += value
      }
  const mean = count > 0 ? sum / count : 0
  let squares = 0
  for (const column of columns) for (const value of column) if (!Number.isNaN(value)) squares += (value - mean) ** 2
  const deviation = count > 1 ? Math.sqrt(squares / (count - 1)) : 0
  return { mean, deviation: deviation > 1e-9 * Math.max(1, Math.abs(mean)) ? deviation : 0 }
}

function nearest(point: readonly number[], centres: readonly number[][]): { index: number; distance: number } {
  let best = { index: 0, distance: Number.POSITIVE_INFINITY }
  centres.forEach((centre, index) => {
    const distance = centre.reduce((sum, value, axis) => sum + (value - point[axis]!) ** 2, 0)
    if (distance < best.distance) best = { index, distance }
  })
  return best
}

/** Settings that fall into lumps need few centres; ones that are spread out evenly are left as one, for lumps would be made up. */
function centresOf(points: readonly number[][], seed: number): number[][] {
  const middle = middleOf(points, points[0]?.length ?? 0)
  const whole = spreadOf(points, [middle])
  if (whole === 0) return [middle]
  for (let count = 2; count <= mostRegimes; count++) {
    const centres = clusters(points, count, seededRandom(seed))
    if (spreadOf(points, centres) <= 0.01 * whole) return centres
  }
  return [middle]
}

function clusters(points: readonly number[][], count: number, random: () => number): number[][] {
  const centres = [points[Math.floor(random() * points.length)]!]
  while (centres.length < count) {
    const far = points.map(point => nearest(point, centres).distance)
    centres.push(points[far.reduce((best, distance, place) => (distance > far[best]! ? place : best), 0)]!)
  }
  for (let round = 0; round < 20; round++) {
    const members = centres.map((): number[][] => [])
    for (const point of points) members[nearest(point, centres).index]!.push(point)
    members.forEach((own, index) => {
      if (own.length > 0) centres[index] = middleOf(own, own[0]!.length)
    })
  }
  return centres
}

const middleOf = (points: readonly number[][], axes: number) =>
  Array.from({ length: axes }, (_, axis) => points.reduce((sum, point) => sum + point[axis]!, 0) / Math.max(1, points.length))

const spreadOf = (points: readonly number[][], centres: readonly number[][]) =>
  points.reduce((sum, point) => sum + nearest(point, centres).distance, 0)
