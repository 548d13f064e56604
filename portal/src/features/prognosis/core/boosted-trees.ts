import { type Binned, binned, type Matrix } from './binning.ts'
import { growTree, type Tree, valueAt } from './grow-tree.ts'
import { quantile } from './quantiles.ts'
import { seededRandom } from './random.ts'

/** What is to be small: squared differences (the mean is learned), or the pinball loss of a quantile. */
export type Loss = { kind: 'squared' } | { kind: 'quantile'; level: number }

export interface BoostSettings {
  loss: Loss
  /** trees at most; fewer where the units held out do not gain any more */
  trees: number
  learningRate: number
  /** leaves of one tree */
  leaves: number
  /** rows in a leaf at least */
  leafRows: number
  /** holds leaf values down: as many imagined rows of no error */
  shrinkage: number
  /** shares of rows and of columns that one tree is shown */
  rowShare: number
  columnShare: number
  seed: number
}

/** A trained model. It is plain data: kept as JSON and the same when read again. */
export interface BoostedTrees {
  version: 1
  columns: number
  base: number
  trees: Tree[]
}

/** Rows with what is true of them. */
export interface Examples {
  features: Matrix
  labels: Float64Array
}

export interface Held {
  examples: Examples
  /** trees without any gain after which training ends */
  patience: number
}

/**
 * Gradient boosting of regression trees over histograms of features. The same examples, settings and seed give the same trees.
 * held: examples of units that training does not see; the trees end where those were foretold best.
 */
export function trainTrees({ features, labels }: Examples, settings: BoostSettings, held?: Held): BoostedTrees {
  const random = seededRandom(settings.seed)
  const data: Binned = binned(features)
  const base = settings.loss.kind === 'squared' ? mean(labels) : quantile(labels, settings.loss.level)
  const predicted = new Float64Array(features.rows).fill(base)
  const gradient = new Float64Array(features.rows)
  const trees: Tree[] = []
  const heldOut = held && { ...held, predicted: new Float64Array(held.examples.labels.length).fill(base) }
  let best = { loss: heldOut ? lossOf(settings.loss, heldOut.examples.labels, heldOut.predicted) : 0, trees: 0 }
  for (let round = 0; round < settings.trees; round++) {
    fillGradient(settings.loss, labels, predicted, gradient)
    const tree = growTree(data, gradient, {
      rows: chosen(features.rows, settings.rowShare, random),
      columns: chosen(features.columns, settings.columnShare, random),
      leaves: settings.leaves,
      leafRows: settings.leafRows,
      shrinkage: settings.shrinkage,
      valueOfLeaf: rows => settings.learningRate * leafValue(settings, rows, labels, predicted, gradient),
    })
    trees.push(tree)
    addTree(tree, features, predicted)
    if (!heldOut) continue
    addTree(tree, heldOut.examples.features, heldOut.predicted)
    const loss = lossOf(settings.loss, heldOut.examples.labels, heldOut.predicted)
    if (loss < best.loss) best = { loss, trees: trees.length }
    else if (trees.length - best.trees >= heldOut.patience) break
  }
  return { version: 1, columns: features.columns, base, trees: heldOut ? trees.slice(0, best.trees) : trees }
}

/** What a model says of each row. The matrix has the columns it was trained with, in that order. */
export function predictTrees(model: BoostedTrees, features: Matrix): Float64Array {
  if (features.columns !== model.columns)
    throw new RangeError(`This model reads ${model.columns} features, and ${features.columns} were given.`)
  const predicted = new Float64Array(features.rows).fill(model.base)
  for (const tree of model.trees) addTree(tree, features, predicted)
  return predicted
}

function addTree(tree: Tree, { rows, columns, values }: Matrix, to: Float64Array): void {
  for (let row = 0; row < rows; row++) to[row]! += valueAt(tree, values, row * columns)
}

function chosen(count: number, share: number, random: () => number): Int32Array {
  if (share >= 1) return Int32Array.from({ length: count }, (_, place) => place)
  const some = Int32Array.from({ length: count }, (_, place) => (random() < share ? place : -1)).filter(place => place >= 0)
  return some.length > 0 ? some : Int32Array.of(Math.floor(random() * count))
}

function fillGradient(loss: Loss, labels: Float64Array, predicted: Float64Array, gradient: Float64Array): void {
  for (let row = 0; row < labels.length; row++) {
    const error = labels[row]! - predicted[row]!
    gradient[row] = loss.kind === 'squared' ? error : error > 0 ? loss.level : loss.level - 1
  }
}

/** Of squares the mean error, held down; of a quantile that quantile of the errors, for its gradient has no length. */
function leafValue(
  { loss, shrinkage }: BoostSettings,
  rows: Int32Array,
  labels: Float64Array,
  predicted: Float64Array,
  gradient: Float64Array,
): number {
  if (loss.kind === 'quantile')
    return quantile(
      Float64Array.from(rows, row => labels[row]! - predicted[row]!),
      loss.level,
    )
  let sum = 0
  for (const row of rows) sum += gradient[row]!
  return sum / (rows.length + shrinkage)
}

function lossOf(loss: Loss, labels: Float64Array, predicted: Float64Array): number {
  let sum = 0
  for (let row = 0; row < labels.length; row++) {
    const error = labels[row]! - predicted[row]!
    sum += loss.kind === 'squared' ? error * error : Math.max(loss.level * error, (loss.level - 1) * error)
  }
  return sum / Math.max(1, labels.length)
}

const mean = (numbers: Float64Array) => (numbers.length === 0 ? 0 : numbers.reduce((sum, one) => sum + one, 0) / numbers.length)
