import fc from 'fast-check'
import { expect, test } from 'vitest'
import { stepFor } from './steps.ts'

test('a time has no more steps than there may be, and no needlessly few', () => {
  const day = 86_400_000
  expect(stepFor(day, 600)).toBe(300_000)
  expect(stepFor(day, 1440)).toBe(60_000)
  expect(stepFor(60_000, 600)).toBe(100)
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 400 * day }), fc.integer({ min: 10, max: 2000 }), (span, points) => {
      const step = stepFor(span, points)
      expect(span / step).toBeLessThanOrEqual(points)
      if (step > 1) expect(span / step).toBeGreaterThan(points / 3)
    }),
  )
})
