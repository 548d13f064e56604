import { expect, test } from 'vitest'
import { type BoostSettings, predictTrees, trainTrees } from './boosted-trees.ts'
import { seededRandom } from './random.ts'

const settings: BoostSettings = {
  loss: { kind: 'squared' },
  ...{ trees: 80, learningRate: 0.1, leaves: 8, leafRows: 10, shrinkage: 1, rowShare: 0.7, columnShare: 1, seed: 3 },
}

/** A bend, a step and a column of noise; one value in ten is not known. */
function examples(rows: number, seed: number) {
  const random = seededRandom(seed)
  const values = new Float64Array(rows * 3)
  const labels = new Float64Array(rows)
  for (let row = 0; row < rows; row++) {
    const [bend, step, noise] = [random() * 4 - 2, random(), random()]
    labels[row] = bend ** 2 + (step > 0.5 ? 3 : 0) + (random() - 0.5)
    values.set([random() < 0.1 ? Number.NaN : bend, step, noise], row * 3)
  }
  return { features: { rows, columns: 3, values }, labels }
}

const [seen, unseen] = [examples(1500, 1), examples(500, 2)]
const errorOf = (predicted: Float64Array) =>
  Math.sqrt(unseen.labels.reduce((sum, label, row) => sum + (label - predicted[row]!) ** 2, 0) / predicted.length)

test('bends and steps are learned from examples and hold for others', () => {
  const nothing = errorOf(new Float64Array(500).fill(seen.labels.reduce((sum, one) => sum + one, 0) / 1500))
  expect(errorOf(predictTrees(trainTrees(seen, settings), unseen.features))).toBeLessThan(nothing / 3)
})

test('the same seed gives the same model, another seed another, and JSON keeps it whole', () => {
  const model = trainTrees(seen, settings)
  expect(trainTrees(seen, settings)).toEqual(model)
  expect(trainTrees(seen, { ...settings, seed: 4 })).not.toEqual(model)
  const read = JSON.parse(JSON.stringify(model))
  expect(predictTrees(read, unseen.features)).toEqual(predictTrees(model, unseen.features))
})

test('by pinball loss a share of what comes lies below', () => {
  for (const level of [0.1, 0.9]) {
    const predicted = predictTrees(trainTrees(seen, { ...settings, loss: { kind: 'quantile', level } }), unseen.features)
    const below = unseen.labels.filter((label, row) => label <= predicted[row]!).length / 500
    expect(Math.abs(below - level)).toBeLessThan(0.06)
  }
})

test('training ends where examples held out are foretold best', () => {
  const random = seededRandom(9)
  const lots = { ...seen, labels: seen.labels.map(() => random()) }
  const model = trainTrees(
    lots,
    { ...settings, trees: 300 },
    { examples: { ...unseen, labels: unseen.labels.map(() => random()) }, patience: 10 },
  )
  expect(model.trees.length).toBeLessThan(60)
})

test('a model refuses rows it was not made for', () => {
  expect(() =>
    predictTrees(trainTrees(seen, { ...settings, trees: 1 }), { rows: 1, columns: 2, values: new Float64Array(2) }),
  ).toThrow('This model reads 3 features, and 2 were given.')
})
