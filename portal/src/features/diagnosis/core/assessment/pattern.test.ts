import fc from 'fast-check'
import { expect, test } from 'vitest'
import { chance } from '../../../../../test/chance.ts'
import { fitOf, learnPattern } from './pattern.ts'

/** Hours of a sound machine in usual deviations: pressure follows load, heat follows both, and the last two follow each other alone. */
function soundHours(count: number, seed: number): number[][] {
  const { next } = chance(seed)
  const normal = () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next())
  return Array.from({ length: count }, () => {
    const [load, draught] = [normal(), normal()]
    return [load, load, load, draught, draught].map(value => value + 0.1 * normal())
  })
}

const rows = soundHours(300, 4)
const pattern = learnPattern(rows)!
/** how many times out of what was usual */
const farOf = (row: readonly number[]) => {
  const { t2, q } = fitOf(pattern, row)
  return Math.max(t2 / pattern.limits[0], q / pattern.limits[1])
}

test('a metric that moves against those it moves with is found though each value is usual, and is named first', () => {
  fc.assert(
    fc.property(fc.double({ min: 0.8, max: 1.5, noNaN: true }), fc.boolean(), fc.nat(4), (size, up, broken) => {
      const value = up ? size : -size
      const group = broken < 3 ? [0, 1, 2] : [3, 4]
      const row = [0, 1, 2, 3, 4].map(metric => (metric === broken ? -value : group.includes(metric) ? value : 0))
      for (const [metric, own] of row.entries())
        expect(rows.filter(hour => Math.abs(hour[metric]!) > Math.abs(own)).length).toBeGreaterThan(20)
      expect(farOf(row)).toBeGreaterThan(5)
      const { shares } = fitOf(pattern, row)
      expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1)
      // of two that part nobody can say which is wrong: both are named
      const least = group.length === 2 ? 0.4 : 0.5
      expect(shares[broken]).toBeGreaterThan(least)
      for (const metric of [0, 1, 2, 3, 4]) if (!group.includes(metric)) expect(shares[metric]).toBeLessThan(0.05)
    }),
  )
})

test('hours in which the metrics move together as they do are within the limits, also those it was not learned from', () => {
  const within = soundHours(300, 5).filter(row => farOf(row) <= 1.4 ** 2)
  expect(within.length).toBeGreaterThan(290)
})

test('all of a group far out together is found by its size, and the group is named', () => {
  const { t2, q, shares } = fitOf(pattern, [6, 6, 6, 0, 0])
  expect(t2 / pattern.limits[0]).toBeGreaterThan(2)
  expect(t2 / pattern.limits[0]).toBeGreaterThan(q / pattern.limits[1])
  expect(shares[0]! + shares[1]! + shares[2]!).toBeGreaterThan(0.95)
})

test('of too few hours for so many metrics no pattern is learned', () => {
  expect(learnPattern(rows.slice(0, 24))).toBeNull()
  expect(learnPattern(rows.map(([first]) => [first!]))).toBeNull()
})
