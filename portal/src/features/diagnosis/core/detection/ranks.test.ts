import { expect, test } from 'vitest'
import { chance } from '../../../../../test/chance.ts'
import { newRanks, rankedOut } from './ranks.ts'

/** Of random values with a heavy tail, and then of others. */
function said(then: (i: number) => number): [out: number, shared: number] {
  const { next } = chance(3)
  const ranks = newRanks()
  for (let i = 0; i < 2000; i++) rankedOut(ranks, 1 / (0.01 + next()))
  let last: [number, number] = [0, 0]
  for (let i = 0; i < 30; i++) last = rankedOut(ranks, then(i))
  return last
}

test('one wild value more is little where there are many, and a row of great ones is much', () => {
  const { next } = chance(4)
  const [usual] = said(i => (i === 29 ? 1e6 : 1 / (0.01 + next())))
  const [row] = said(() => 40)
  expect(row).toBeGreaterThan(2 * usual)
  expect(said(() => 1)[0]).toBeLessThan(-2 * usual)
})

test('values that keep to the middle are shared out as they never were', () => {
  const { next } = chance(5)
  const [, usual] = said(() => 1 / (0.01 + next()))
  const [, middle] = said(i => 2 + 0.01 * i)
  expect(middle).toBeGreaterThan(2 * usual)
})
