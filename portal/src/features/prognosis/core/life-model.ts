import { type BoostedTrees, type BoostSettings, predictTrees, trainTrees } from './boosted-trees.ts'
import { type Conformal, intervalAbout, localConformal, type Score } from './conformal.ts'
import { type Life, labelsOf } from './life.ts'
import { seededRandom, shuffled } from './random.ts'
import { featuresOf, type Preparation, prepare, rowsOf } from './window-features.ts'

/** A model of remaining life: plain data, kept as JSON. All times are steps. */
export interface LifeModel {
  version: 1
  /** beyond it nothing is told apart: "at least that" */
  horizon: number
  preparation: Preparation
  trees: BoostedTrees[]
  conformal: Conformal
}

export interface LifeSettings {
  horizon: number
  coverage: number
  /** parts into which lives are divided, each foretold by what the others taught */
  folds: number
  /** rows of one life that are learned from at most, spread evenly */
  rowsOfLife: number
  /** models that are trained alike with other seeds and averaged */
  members: number
  seed: number
  boosting: Omit<BoostSettings, 'seed'>
}

/** Chosen by cross-validation over training lives; docs/decisions/0039-prognosis.md has the figures. */
export const usualSettings: Omit<LifeSettings, 'horizon'> = {
  coverage: 0.9,
  folds: 5,
  rowsOfLife: 120,
  members: 1,
  seed: 1,
  boosting: {
    loss: { kind: 'squared' },
    trees: 200,
    learningRate: 0.05,
    leaves: 16,
    leafRows: 20,
    shrinkage: 1,
    rowShare: 0.5,
    columnShare: 0.3,
  },
}

/** What is foretold at a step. beyond: the upper end is the horizon, and it may be any longer. */
export interface Foretold {
  lower: number
  median: number
  upper: number
  beyond: boolean
}

export interface Training {
  model: LifeModel
  /** what each life was foretold by models that had not seen it: of this the intervals are made and the model is judged */
  scores: Score[]
}

/** Tells how much of the work is done, 0 … 1. Throwing ends it. */
export type TellDone = (share: number) => void

/** Trains a model and foretells every life by models that did not see it. Deterministic. */
export function trainLifeModel(lives: readonly Life[], settings: LifeSettings, tell: TellDone = () => {}): Training {
  const scores = foretellUnseen(lives, settings, share => tell(share * settings.folds * (1 / (settings.folds + 1))))
  const fitted = fit(lives, settings)
  tell(1)
  return {
    model: { version: 1, horizon: settings.horizon, ...fitted, conformal: localConformal(scores, settings.coverage) },
    scores,
  }
}

/** What is foretold at some steps of a life. */
export function foretell(model: LifeModel, life: Life, steps: readonly number[]): Foretold[] {
  return Array.from(medians(model, life, steps), median => {
    const { lower, upper } = intervalAbout(model.conformal, median, model.horizon)
    return { lower, median, upper, beyond: upper >= model.horizon }
  })
}

/** Cross-validation by life: of each life it is foretold what the lives of the other folds taught. */
export function foretellUnseen(lives: readonly Life[], settings: LifeSettings, tell: TellDone = () => {}): Score[] {
  const order = shuffled(lives, seededRandom(settings.seed))
  const folds = Math.min(settings.folds, order.length)
  return Array.from({ length: folds }, (_, fold) => {
    const fitted = fit(
      order.filter((_, place) => place % folds !== fold),
      settings,
    )
    const scores = order.filter((_, place) => place % folds === fold).flatMap(life => scoresOf(fitted, life, settings.horizon))
    tell((fold + 1) / folds)
    return scores
  }).flat()
}

/** At how many steps of a life a model is judged. */
const scoredSteps = 40

/** What a model foretells at steps spread over the whole life, where it is known what came. */
export function scoresOf(model: Fitted, life: Life, horizon: number): Score[] {
  const labels = labelsOf(life, horizon)
  const steps = spread(known(labels), scoredSteps)
  const predicted = medians({ ...model, horizon }, life, steps)
  return steps.map((step, place) => ({
    unit: life.unit,
    age: life.before + step,
    predicted: predicted[place]!,
    actual: labels[step]!,
  }))
}

type Fitted = Pick<LifeModel, 'preparation' | 'trees'>

function fit(lives: readonly Life[], settings: LifeSettings): Fitted {
  const preparation = prepare(lives, settings.horizon, settings.seed)
  const parts = lives.map(life => {
    const labels = labelsOf(life, settings.horizon)
    return { columns: featuresOf(life, preparation), labels, steps: spread(known(labels), settings.rowsOfLife) }
  })
  const features = rowsOf(parts)
  const labels = Float64Array.from(parts.flatMap(({ labels, steps }) => steps.map(step => labels[step]!)))
  const trees = Array.from({ length: settings.members }, (_, member) =>
    trainTrees({ features, labels }, { ...settings.boosting, seed: settings.seed + member }),
  )
  return { preparation, trees }
}

function medians({ preparation, trees, horizon }: Fitted & { horizon: number }, life: Life, steps: readonly number[]): number[] {
  const features = rowsOf([{ columns: featuresOf(life, preparation), steps }])
  const all = trees.map(model => predictTrees(model, features))
  return steps.map((_, row) => Math.min(horizon, Math.max(0, all.reduce((sum, one) => sum + one[row]!, 0) / all.length)))
}

const known = (labels: Float64Array) => Array.from(labels.keys()).filter(step => !Number.isNaN(labels[step]!))

/** So many of the steps, evenly, the last among them. */
function spread(steps: readonly number[], count: number): number[] {
  if (steps.length <= count) return [...steps]
  return Array.from({ length: count }, (_, place) => steps[Math.round(((place + 1) * steps.length) / count) - 1]!)
}
