import { type Conformal, intervalAbout, localConformal, plainConformal, type Score } from './conformal.ts'

/** How well lives were foretold that a model had not seen. Times are steps. */
export interface Judgement {
  lives: number
  /** root mean square of errors; every life counts the same */
  error: number
  /** of the better of two that look at no sensor: always the same, and what is left at that age in other lives */
  naiveError: number
  /** of the running model over lives it had not seen; null: there is none */
  runningError: number | null
  /** share of lives' steps that lay within their interval, of lives left out of making it; and its mean width */
  coverage: number
  width: number
  plainCoverage: number
  plainWidth: number
}

export const refusals = ['too-few-lives', 'no-better-than-age', 'worse-than-running', 'interval-fails'] as const
export type Refusal = (typeof refusals)[number]

/** Lives that ended in a failure before there is any model: below it there is not even a plain interval of 90 %. */
export const fewestFailures = 10

/** A model has to err this much less than what looks at no sensor, and may err that much more than the running one. */
const bounds = { againstNaive: 0.85, againstRunning: 1.02, coverageSlack: 0.05 } as const

/** Why a model is not taken; none: it is. */
export function refusalsOf(judged: Judgement, failures: number, coverage: number): Refusal[] {
  // that a share of so few lives is off by chance is expected
  const chance = 1.65 * Math.sqrt((coverage * (1 - coverage)) / Math.max(1, judged.lives))
  const tests: Record<Refusal, boolean> = {
    'too-few-lives': failures < fewestFailures,
    'no-better-than-age': !(judged.error <= bounds.againstNaive * judged.naiveError),
    'worse-than-running': judged.runningError !== null && !(judged.error <= bounds.againstRunning * judged.runningError),
    'interval-fails': !(judged.coverage >= coverage - Math.max(bounds.coverageSlack, chance)),
  }
  return refusals.filter(refusal => tests[refusal])
}

/** Judges what was foretold of unseen lives. running: what the running model foretold of them, or had when it had not seen them. */
export function judge(scores: readonly Score[], horizon: number, coverage: number, running: readonly Score[] | null): Judgement {
  const local = intervalsUnseen(scores, horizon, own => localConformal(own, coverage))
  const plain = intervalsUnseen(scores, horizon, own => plainConformal(own, coverage))
  return {
    lives: new Set(scores.map(({ unit }) => unit)).size,
    error: errorOf(scores),
    naiveError: naiveErrorOf(scores, horizon),
    runningError: running && running.length > 0 ? errorOf(running) : null,
    coverage: local.coverage,
    width: local.width,
    plainCoverage: plain.coverage,
    plainWidth: plain.width,
  }
}

/** Root mean square of what was foretold wrong, each life counting the same. */
export const errorOf = (scores: readonly Score[]): number =>
  Math.sqrt(meanOfLives(scores, ({ actual, predicted }) => (actual - predicted) ** 2))

const parts = 5

/** Coverage and width of intervals for lives that were left out of making them, part by part. */
function intervalsUnseen(scores: readonly Score[], horizon: number, make: (others: readonly Score[]) => Conformal) {
  const units = [...new Set(scores.map(({ unit }) => unit))]
  const partOf = new Map(units.map((unit, place) => [unit, place % parts]))
  const made = Array.from({ length: parts }, (_, part) => make(scores.filter(({ unit }) => partOf.get(unit) !== part)))
  const intervalOf = ({ unit, predicted }: Score) => intervalAbout(made[partOf.get(unit)!]!, predicted, horizon)
  return {
    coverage: meanOfLives(scores, score => {
      const { lower, upper } = intervalOf(score)
      return score.actual >= lower && score.actual <= upper ? 1 : 0
    }),
    width: meanOfLives(scores, score => {
      const { lower, upper } = intervalOf(score)
      return upper - lower
    }),
  }
}

/** The smaller error of two that look at no sensor: always the mean, and the mean of what others had left at that age. */
function naiveErrorOf(scores: readonly Score[], horizon: number): number {
  const lives = Map.groupBy(scores, ({ unit }) => unit)
  const whole = new Map([...lives].map(([unit, own]) => [unit, Math.max(...own.map(({ age, actual }) => age + actual))]))
  const all = meanOfLives(scores, ({ actual }) => actual)
  const byAge = (score: Score) => {
    const left = [...whole].flatMap(([unit, length]) =>
      unit !== score.unit && length > score.age ? [Math.min(horizon, length - score.age)] : [],
    )
    return left.length > 0 ? left.reduce((sum, one) => sum + one, 0) / left.length : 0
  }
  const naive = (predict: (score: Score) => number) => errorOf(scores.map(score => ({ ...score, predicted: predict(score) })))
  return Math.min(
    naive(() => all),
    naive(byAge),
  )
}

function meanOfLives(scores: readonly Score[], of: (score: Score) => number): number {
  const lives = [...Map.groupBy(scores, ({ unit }) => unit).values()]
  return lives.reduce((sum, own) => sum + own.reduce((all, one) => all + of(one), 0) / own.length, 0) / Math.max(1, lives.length)
}
