import { expect, test } from 'vitest'
import { brakes, unforgiven, waitSeconds } from './throttle.ts'

const { person, account, address } = brakes
const last = new Date('2026-03-01T08:00:00Z')
const after = (seconds: number) => new Date(last.getTime() + seconds * 1000)

test('four failures cost nothing', () => {
  expect(waitSeconds(person, undefined, last)).toBe(0)
  expect(waitSeconds(person, { count: 4, last }, after(0))).toBe(0)
})

test.each([
  [5, 2],
  [6, 4],
  [10, 64],
  [14, 900],
  [1000, 900],
])('after %i failures the next try waits %i seconds', (count, seconds) => {
  expect(waitSeconds(person, { count, last }, after(0))).toBe(seconds)
  expect(waitSeconds(person, { count, last }, after(seconds))).toBe(0)
  if (seconds < person.forgivesAfter) expect(waitSeconds(person, { count, last }, after(seconds - 1))).toBe(1)
})

test('an hour without a failure forgets five, two hours forget a flood', () => {
  expect(unforgiven(person, { count: 5, last }, after(3600))).toBe(0)
  expect(unforgiven(person, { count: 1000, last }, after(2 * 3600))).toBe(5)
  expect(unforgiven(person, { count: 1000, last }, after(3 * 3600))).toBe(0)
})

test('an account bears more from everywhere than from one place, and an address that people share more still', () => {
  expect(waitSeconds(account, { count: 19, last }, last)).toBe(0)
  expect(waitSeconds(account, { count: 20, last }, last)).toBe(2)
  expect(waitSeconds(address, { count: 29, last }, last)).toBe(0)
  expect(waitSeconds(address, { count: 30, last }, last)).toBe(2)
})
