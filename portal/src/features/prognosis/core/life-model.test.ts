import { expect, test } from 'vitest'
import { fewestFailures, judge, refusalsOf } from './accept-model.ts'
import { foretell, foretellUnseen, trainLifeModel, usualSettings } from './life-model.ts'
import { dealtOut, endsDealtOut, wearingLives } from './test-lives.ts'

const settings = { ...usualSettings, horizon: 75, boosting: { ...usualSettings.boosting, trees: 60, learningRate: 0.1 } }
const lives = wearingLives(30, 1)
const { model, scores } = trainLifeModel(lives, settings)

test('lives that were never seen end within the interval about as often as it says, and the model is accepted', () => {
  const judged = judge(scores, settings.horizon, settings.coverage, null)
  expect(refusalsOf(judged, lives.length, settings.coverage)).toEqual([])
  const others = wearingLives(40, 2).map(life => ({ life, step: Math.floor(life.steps * 0.6) }))
  const covered = others.filter(({ life, step }) => {
    const { lower, upper } = foretell(model, life, [step])[0]!
    const left = Math.min(settings.horizon, life.steps - 1 - step)
    return left >= lower && left <= upper
  })
  expect(covered.length).toBeGreaterThanOrEqual(32) // 36 expected; below 32 once in 25
})

test.each([
  ['readings', dealtOut],
  ['ends', endsDealtOut],
])('training on shuffled %s fails its acceptance', (_, deal) => {
  const shuffled = foretellUnseen(deal(lives, 5), { ...settings, folds: 3, rowsOfLife: 40 })
  const judged = judge(shuffled, settings.horizon, settings.coverage, null)
  expect(refusalsOf(judged, lives.length, settings.coverage)).toContain('no-better-than-age')
})

test('a model that does worse than the running one is refused, and so is one of too few failures', () => {
  const running = scores.map(score => ({ ...score, predicted: score.actual + (score.predicted - score.actual) / 2 }))
  const judged = judge(scores, settings.horizon, settings.coverage, running)
  expect(refusalsOf(judged, lives.length, settings.coverage)).toEqual(['worse-than-running'])
  expect(refusalsOf({ ...judged, runningError: null }, fewestFailures - 1, settings.coverage)).toEqual(['too-few-lives'])
})

test('what is foretold at a step knows nothing of later ones, and a model read from JSON says the same', () => {
  const life = lives[0]!
  const half = Math.floor(life.steps / 2)
  const begun = {
    ...life,
    steps: half + 1,
    end: 'censored' as const,
    sensors: life.sensors.map(sensor => sensor.slice(0, half + 1)),
  }
  const read = JSON.parse(JSON.stringify(model))
  expect(foretell(read, begun, [half])).toEqual(foretell(model, life, [half]))
})

test('far from the end the upper end is open', () => {
  const life = lives[0]!
  const [begun, ended] = foretell(model, life, [10, life.steps - 1])
  expect(begun).toMatchObject({ beyond: true, upper: settings.horizon })
  expect(ended!.beyond).toBe(false)
  expect(ended!.upper).toBeLessThan(settings.horizon / 2)
})
