import { expect, test } from 'vitest'
import type { Life } from './life.ts'
import { seededRandom } from './random.ts'
import { inRegimes, learnRegimes } from './regimes.ts'

/** A sensor that follows the setting far more than the wear. */
function livesIn(settings: readonly number[], spread: number): Life[] {
  const random = seededRandom(4)
  return Array.from({ length: 5 }, (_, unit) => {
    const setting = Float64Array.from({ length: 80 }, () => settings[Math.floor(random() * settings.length)]! + spread * random())
    const sensor = setting.map((value, step) => 10 * value + 0.02 * step + 0.1 * random())
    return { unit: String(unit), steps: 80, before: 0, end: 'failed', sensors: [sensor], settings: [setting] }
  })
}

test('regimes are found by settings, and within them a sensor shows what it hid', () => {
  const lives = livesIn([1, 5, 9], 0.01)
  const regimes = learnRegimes(lives, 1)
  expect(regimes.centres).toHaveLength(3)
  const [signal] = inRegimes(lives[0]!, regimes)
  const mean = (part: Float64Array) => part.reduce((sum, one) => sum + one, 0) / part.length
  expect(mean(signal!.subarray(60)) - mean(signal!.subarray(0, 20))).toBeGreaterThan(1)
})

test('settings spread out evenly are one regime, and so are none', () => {
  expect(learnRegimes(livesIn([0], 10), 1).centres).toHaveLength(1)
  expect(
    learnRegimes(
      livesIn([3], 0).map(life => ({ ...life, settings: [] })),
      1,
    ).centres,
  ).toEqual([[]])
})
