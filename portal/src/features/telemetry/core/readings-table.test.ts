import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { History } from './api.ts'
import { coarser, pointAt, readingsCsv } from './readings-table.ts'

const at = (seconds: number) => new Date(seconds * 1000).toISOString()
const course = (step: number, seconds: readonly number[]): History => ({
  step: step * 1000,
  hourlyUntil: null,
  points: seconds.map((second, index) => ({ at: at(second), min: index - 1, mean: index, max: index + 1, count: 2 })),
})

test('at a moment the step counts in which it lies, and none where readings are missing', () => {
  const history = course(10, [0, 10, 20, 100])
  expect([-1, 0, 9, 10, 25, 70, 105, 115].map(second => pointAt(history, second * 1000)?.mean)).toEqual([
    ...[undefined, 0, 0, 1, 2, undefined, 3, 3],
  ])
  expect(pointAt(course(10, []), 0)).toBeNull()
})

test('readings that come seldom hold until the next one', () => {
  expect(pointAt(course(1, [0, 60, 120]), 90_000)?.mean).toBe(1)
})

test('a coarser course keeps the lowest, the highest, every reading and their mean, in no more steps than asked for', () => {
  const readings = fc.uniqueArray(fc.integer({ min: 0, max: 5000 }), { minLength: 1, maxLength: 300 })
  fc.assert(
    fc.property(readings, fc.integer({ min: 1, max: 60 }), (seconds, most) => {
      const fine = course(
        1,
        seconds.toSorted((a, b) => a - b),
      )
      const { points } = coarser(fine, most)
      const total = (of: History['points']) => of.reduce((sum, { mean, count }) => sum + mean * count, 0)
      expect(points.length).toBeLessThanOrEqual(most)
      expect(Math.min(...points.map(({ min }) => min))).toBe(Math.min(...fine.points.map(({ min }) => min)))
      expect(Math.max(...points.map(({ max }) => max))).toBe(Math.max(...fine.points.map(({ max }) => max)))
      expect(total(points)).toBeCloseTo(total(fine.points), 6)
    }),
  )
})

test('a file has a line for each moment of any course, and its headings are no formulas', () => {
  const words = { at: 'Time', min: 'lowest', mean: 'mean', max: 'highest' }
  const speed = { title: '=Speed, "main" (rpm)', decimals: 0, history: course(10, [0, 10]) }
  const load = { title: 'Load (%)', decimals: 1, history: course(10, [10]) }
  expect(readingsCsv([speed, load], words).split('\r\n')).toEqual([
    `"Time","'=Speed, ""main"" (rpm) · lowest","'=Speed, ""main"" (rpm) · mean","'=Speed, ""main"" (rpm) · highest","Load (%) · lowest","Load (%) · mean","Load (%) · highest"`,
    `${at(0)},-1,0,1,,,`,
    `${at(10)},0,1,2,-1.0,0.0,1.0`,
    '',
  ])
})
