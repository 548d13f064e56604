import { expect, test } from 'vitest'
import { intervalAbout, localConformal, plainConformal, type Score } from './conformal.ts'
import { seededRandom } from './random.ts'

/** Errors grow with what is left: near the end 1, far from it 20. */
function scoresOf(units: number, seed: number): Score[] {
  const random = seededRandom(seed)
  return Array.from({ length: units }, (_, unit) =>
    Array.from({ length: 20 }, (_, place) => {
      const actual = place * 5
      return { unit: `${seed}/${unit}`, age: 95 - actual, actual, predicted: actual + (random() - 0.5) * (2 + actual * 0.4) }
    }),
  ).flat()
}

test('both cover what they promise; the local one is narrower, above all near the end', () => {
  const [made, others] = [scoresOf(60, 1), scoresOf(60, 2)]
  const measure = (conformal: ReturnType<typeof plainConformal>) => {
    const intervals = others.map(({ predicted }) => intervalAbout(conformal, predicted, 1000))
    return {
      coverage:
        others.filter(({ actual }, at) => actual >= intervals[at]!.lower && actual <= intervals[at]!.upper).length /
        others.length,
      width: intervals.reduce((sum, { lower, upper }) => sum + upper - lower, 0) / intervals.length,
    }
  }
  const [plain, local] = [measure(plainConformal(made, 0.9)), measure(localConformal(made, 0.9))]
  expect(plain.coverage).toBeGreaterThan(0.87)
  expect(local.coverage).toBeGreaterThan(0.87)
  expect(local.width).toBeLessThan(plain.width)
})

test('with fewer lives than an interval needs it says everything up to the horizon', () => {
  expect(intervalAbout(plainConformal(scoresOf(8, 1), 0.9), 50, 125)).toEqual({ lower: 0, upper: 125 })
  expect(intervalAbout(plainConformal(scoresOf(9, 1), 0.9), 50, 125).lower).toBeGreaterThan(0)
  expect(localConformal(scoresOf(18, 1), 0.9).kind).toBe('plain')
  expect(localConformal(scoresOf(19, 1), 0.9).kind).toBe('local')
})
