import { expect, test } from 'vitest'
import { waitSeconds } from './throttle.ts'

const last = new Date('2026-03-01T08:00:00Z')
const after = (seconds: number) => new Date(last.getTime() + seconds * 1000)

test('four failures cost nothing', () => {
  expect(waitSeconds(undefined, last)).toBe(0)
  expect(waitSeconds({ count: 4, last }, after(0))).toBe(0)
})

test.each([
  [5, 2],
  [6, 4],
  [10, 64],
  [14, 900],
  [1000, 900],
])('after %i failures the next try waits %i seconds', (count, seconds) => {
  expect(waitSeconds({ count, last }, after(0))).toBe(seconds)
  expect(waitSeconds({ count, last }, after(seconds - 1))).toBe(1)
  expect(waitSeconds({ count, last }, after(seconds))).toBe(0)
})

test('an hour without a failure forgets them all', () => expect(waitSeconds({ count: 1000, last }, after(3600))).toBe(0))
