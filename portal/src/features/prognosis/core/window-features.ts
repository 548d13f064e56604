import type { Matrix } from './binning.ts'
import { type Fusion, fuse, fused } from './fused-health.ts'
import { type Life, labelsOf } from './life.ts'
import { early, moving, soFar } from './moving.ts'
import { inRegimes, learnRegimes, type Regimes } from './regimes.ts'

/** How readings become what the trees see. Learned from lives, plain data. */
export interface Preparation {
  regimes: Regimes
  /** sensors that move at all */
  sensors: number[]
  fusions: Fusion[]
}

/** Steps over which single sensors and their sums are looked at, and how many make an early life. */
const sensorWindows = { short: 5, long: 20 }
const fusedWindows = [5, 10, 20, 40, 80]
const earlySteps = 20

/** Sums of sensors are fitted to so much of the end of lives, in shares of the horizon. */
const fusedSpans = [1.6, 1, 0.5, 0.25]

/** Learns regimes, sensors and sums of sensors from lives. */
export function prepare(lives: readonly Life[], horizon: number, seed: number): Preparation {
  const regimes = learnRegimes(lives, seed)
  const sensors = (lives[0]?.sensors ?? []).flatMap((_, sensor) =>
    regimes.usual.some(usual => usual[sensor]!.deviation > 0) ? [sensor] : [],
  )
  const signals = lives.map(life => signalsOf(life, { regimes, sensors }))
  const joined = sensors.map((_, place) => join(signals.map(ofLife => ofLife[place]!)))
  const fusions = fusedSpans.map(share => fuse(joined, healthOf(lives, Math.max(2, Math.round(share * horizon)))))
  return { regimes, sensors, fusions }
}

/** 1 as long as the end is further than `span` steps away, then falling to 0. */
const healthOf = (lives: readonly Life[], span: number) =>
  join(lives.map(life => labelsOf(life, span).map(label => label / span)))

function signalsOf(life: Life, { regimes, sensors }: Pick<Preparation, 'regimes' | 'sensors'>): Float64Array[] {
  const normal = inRegimes(life, regimes)
  return sensors.map(sensor => normal[sensor]!)
}

/**
 * What the trees see at each step of a life, as columns: of each sensor level, slope, deviation from its own early life and exposure so far; of
 * each sum of sensors the same over several windows, with spread and curvature; and the age. A step's features know nothing of later steps.
 */
export function featuresOf(life: Life, preparation: Preparation): Float64Array[] {
  const signals = signalsOf(life, preparation)
  const ofSensors = signals.flatMap(signal => {
    const long = moving(signal, sensorWindows.long)
    return [moving(signal, sensorWindows.short).level, long.level, long.slope, ...ownLife(signal, long.level)]
  })
  const ofSums = preparation.fusions.flatMap(fusion => {
    const signal = fused(signals, fusion, life.steps)
    const windows = fusedWindows.map(width => moving(signal, width))
    const slope = windows[2]!.slope
    return [
      ...windows.flatMap(({ level, slope, spread }) => [level, slope, spread]),
      ...ownLife(signal, windows[2]!.level),
      early(signal, earlySteps),
      slope.map((value, step) => value - slope[Math.max(0, step - fusedWindows[2]!)]!),
    ]
  })
  return [...ofSensors, ...ofSums, Float64Array.from({ length: life.steps }, (_, step) => life.before + step)]
}

function ownLife(signal: Float64Array, level: Float64Array): Float64Array[] {
  const first = early(signal, earlySteps)
  return [level.map((value, step) => value - first[step]!), soFar(signal)]
}

/** Rows of some steps of lives, one after the other. */
export function rowsOf(parts: readonly { columns: readonly Float64Array[]; steps: readonly number[] }[]): Matrix {
  const columns = parts[0]?.columns.length ?? 0
  const rows = parts.reduce((sum, { steps }) => sum + steps.length, 0)
  const values = new Float64Array(rows * columns)
  let row = 0
  for (const part of parts)
    for (const step of part.steps) {
      for (let column = 0; column < columns; column++) values[row * columns + column] = part.columns[column]![step]!
      row++
    }
  return { rows, columns, values }
}

function join(columns: readonly Float64Array[]): Float64Array {
  const joined = new Float64Array(columns.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const column of columns) {
    joined.set(column, at)
    at += column.length
  }
  return joined
}
