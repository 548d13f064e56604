import fc from 'fast-check'
import { expect, test } from 'vitest'
import { chance } from '../../../../../test/chance.ts'
import { createDetector, type Detector, detectionThreshold, observe, tellingThreshold } from './detector.ts'

const minute = 60_000
const begin = Date.parse('2026-01-05T00:00:00Z')

/** Every five minutes a course over the day, and noise; what happens at a place is done to the value. */
function course(length: number, happens: (i: number, value: number) => number = (_, value) => value, seed = 3) {
  const { next } = chance(seed)
  return Array.from({ length }, (_, i) => ({
    at: begin + i * 5 * minute,
    value: happens(i, 50 + 10 * Math.sin((i / 288) * 2 * Math.PI) + next() + next() + next() - 1.5),
  }))
}

function saidAt(values: { at: number; value: number }[], threshold = detectionThreshold): number[] {
  const detector = createDetector({ learning: 750 })
  return values.flatMap((value, i) => (observe(detector, value).score >= threshold ? [i] : []))
}

test('of a course that repeats itself day by day nothing is told, and little is remarkable', () => {
  const courses = [1, 2, 3].map(seed => course(4000, undefined, seed))
  expect(courses.flatMap(values => saidAt(values, tellingThreshold))).toEqual([])
  expect(courses.flatMap(values => saidAt(values)).length).toBeLessThan(3)
})

test('an order of values that was never seen is found, though each of them is usual', () => {
  const { next } = chance(5)
  // up in steps and at once down again; at last down in steps
  const values = Array.from({ length: 2400 }, (_, i) => ({
    at: begin + i * 5 * minute,
    value: (i < 2000 ? i % 12 : 11 - (i % 12)) * 10 + next(),
  }))
  const [first] = saidAt(values)
  expect(first).toBeGreaterThanOrEqual(2000)
  expect(first).toBeLessThan(2024)
})

test('a jump, a leap, a silence and a time of day that is missed are each found within an hour', () => {
  const happenings: ((i: number, value: number) => number)[] = [
    (i, value) => (i >= 3000 ? value + 12 : value),
    (i, value) => (i === 3000 ? value + 25 : value),
    (i, value) => (i >= 3000 ? 50 : value),
    (i, value) => (i >= 3000 && i < 3144 ? 120 - value : value),
  ]
  for (const happens of happenings) {
    const [first] = saidAt(course(3300, happens))
    expect(first).toBeGreaterThanOrEqual(3000)
    expect(first).toBeLessThan(3012 + 36)
  }
})

test('values that go on far more restless or far calmer than they did are found, though each of them is usual', () => {
  const { next } = chance(7)
  const noise = (width: number) => width * (next() + next() + next() - 1.5)
  for (const width of [4, 0.1]) {
    const values = Array.from({ length: 3300 }, (_, i) => ({
      at: begin + i * 5 * minute,
      value: 50 + 2 * Math.sin(i / 40) + noise(i >= 3000 ? width : 1),
    }))
    const [first] = saidAt(values).filter(i => i >= 2900)
    expect(first).toBeGreaterThanOrEqual(3000)
    expect(first).toBeLessThan(3060)
  }
})

test('what goes on is said once', () => {
  expect(saidAt(course(3200, (i, value) => (i >= 3000 ? value + 15 : value))).filter(i => i < 3140)).toHaveLength(1)
})

test('whatever comes, a score lies between 0 and 1, and the state is bounded plain data from which it goes on alike', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ noNaN: true, min: -1e9, max: 1e9 }), { minLength: 40, maxLength: 300 }), values => {
      const [whole, first] = [createDetector({ learning: 50 }), createDetector({ learning: 50 })]
      const rows = values.map((value, i) => ({ at: begin + i * minute, value }))
      const scores = rows.map(row => observe(whole, row).score)
      for (const row of rows.slice(0, 35)) observe(first, row)
      const kept = JSON.parse(JSON.stringify(first)) as Detector
      expect(rows.slice(35).map(row => observe(kept, row).score)).toEqual(scores.slice(35))
      expect(scores.every(score => score >= 0 && score <= 1)).toBe(true)
    }),
    { numRuns: 50 },
  )
  const long = createDetector({ learning: 100 })
  for (const row of course(14_000)) observe(long, row)
  const kept =
    long.seenAlike.values.length +
    long.ranks.values.length +
    long.ranks.sorted.length +
    long.peaks.flat().reduce((sum, { past }) => sum + past.length, 0)
  expect(kept).toBeLessThanOrEqual(3072 + 2 * 1500 + 18 * 160)
  expect(Object.keys(long.contexts.counts).length).toBeLessThanOrEqual(1500)
})
