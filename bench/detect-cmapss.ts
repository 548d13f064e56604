import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import {
  foretell,
  intervalAbout,
  judge,
  type Life,
  plainConformal,
  trainLifeModel,
  usualSettings,
} from '../portal/src/features/prognosis/core/index.ts'
import { type Measure, round } from './harness.ts'

/** The literature's convention: beyond 125 cycles nothing is told apart. */
const horizon = 125

/** RMSE at the last cycle of the test units; published ones as their authors give them. Sets without goals are measured all the same. */
const goals: Record<string, { raw: number; capped: number; published: string }> = {
  FD001: { raw: 12.5, capped: 11.5, published: 'LSTM 15.13, GRU with attention 14.21, random forest 17.76' },
  FD003: { raw: 12, capped: 10, published: 'LSTM 14.03, GRU with attention 14.64, random forest 20.59' },
}

/**
 * NASA's turbofan engines (C-MAPSS): the portal's own model of remaining life with its own settings, trained on the training units, and asked at the
 * last cycle of each test unit. dir: train_, test_ and RUL_ files of each set, as text or gzipped
 */
export async function cmapss(dir: string): Promise<Measure[]> {
  const sets = setsIn(dir)
  if (sets.length === 0) throw new Error(`${dir} has no set: train_NAME.txt with test_NAME.txt and RUL_NAME.txt, or each as .gz`)
  return sets.flatMap(set => measure(dir, set))
}

/** Those of which all three files are there. */
function setsIn(dir: string): string[] {
  const files = new Set(readdirSync(dir).map(file => file.replace(/\.gz$/, '')))
  const names = [...files].flatMap(file => /^train_(.+)\.txt$/.exec(file)?.[1] ?? [])
  return names.filter(name => files.has(`test_${name}.txt`) && files.has(`RUL_${name}.txt`)).sort()
}

function measure(dir: string, set: string): Measure[] {
  const lives = livesOf(read(dir, `train_${set}.txt`), 'failed')
  const tests = livesOf(read(dir, `test_${set}.txt`), 'censored')
  const truth = read(dir, `RUL_${set}.txt`).trim().split(/\s+/).map(Number)
  const goal = goals[set]
  const settings = { ...usualSettings, horizon }
  const from = performance.now()
  const { model, scores } = trainLifeModel(lives, settings)
  const seconds = (performance.now() - from) / 1000
  const plain = plainConformal(scores, settings.coverage)
  const judged = judge(scores, horizon, settings.coverage, null)
  const foretold = tests.map(life => foretell(model, life, [life.steps - 1])[0]!)
  const capped = truth.map(left => Math.min(horizon, left))
  const intervals = foretold.map(({ median }) => intervalAbout(plain, median, horizon))
  const line = (metric: string, value: number, unit: string, more: Partial<Measure> = {}): Measure => ({
    ...{ case: set, metric, value: round(value), unit },
    ...more,
  })
  return [
    line('RMSE at the last cycle, raw labels', rmse(foretold, truth), 'cycles', {
      ...(goal && { goal: String(goal.raw), note: goal.published }),
    }),
    line('RMSE at the last cycle, labels capped at 125', rmse(foretold, capped), 'cycles', {
      ...(goal && { goal: String(goal.capped) }),
    }),
    line('coverage of the 90 % interval', share(foretold, capped), '%', {
      peer: { name: 'plain conformal', value: round(share(intervals, capped)) },
    }),
    line('mean width of the 90 % interval', width(foretold), 'cycles', {
      peer: { name: 'plain conformal', value: round(width(intervals)) },
    }),
    line('RMSE in cross-validation by unit, all cycles', judged.error, 'cycles', {
      peer: { name: 'by age alone', value: round(judged.naiveError) },
    }),
    line('coverage in cross-validation by unit', 100 * judged.coverage, '%'),
    line('training with cross-validation', seconds, 's'),
  ]
}

interface Interval {
  lower: number
  upper: number
}

const rmse = (foretold: readonly { median: number }[], truth: readonly number[]) =>
  Math.sqrt(truth.reduce((sum, left, place) => sum + (left - foretold[place]!.median) ** 2, 0) / truth.length)

const share = (intervals: readonly Interval[], truth: readonly number[]) =>
  (100 * truth.filter((left, place) => left >= intervals[place]!.lower && left <= intervals[place]!.upper).length) / truth.length

const width = (intervals: readonly Interval[]) =>
  intervals.reduce((sum, { lower, upper }) => sum + upper - lower, 0) / intervals.length

/** unit, cycle, 3 settings, 21 sensors */
function livesOf(text: string, end: Life['end']): Life[] {
  const rows = text
    .trim()
    .split('\n')
    .map(line => line.trim().split(/\s+/).map(Number))
  const column = (own: number[][], place: number) => Float64Array.from(own, row => row[place]!)
  return [...Map.groupBy(rows, ([unit]) => unit)].map(([unit, own]) => ({
    ...{ unit: String(unit), steps: own.length, before: 0, end },
    settings: [2, 3, 4].map(place => column(own, place)),
    sensors: Array.from({ length: 21 }, (_, sensor) => column(own, 5 + sensor)),
  }))
}

function read(dir: string, name: string): string {
  const path = join(dir, name)
  return existsSync(path) ? readFileSync(path, 'utf8') : gunzipSync(readFileSync(`${path}.gz`)).toString()
}
