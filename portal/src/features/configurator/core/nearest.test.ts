import { expect, test } from 'vitest'
import { nearestPossible } from './nearest.ts'

const possible = [
  { min: 0, max: 100 },
  { min: 300, max: 400 },
]

test('a possible wish is granted', () => {
  expect(nearestPossible(possible, 350, 50)).toBe(350)
})

test('a step into a gap goes on to its far side', () => {
  expect(nearestPossible(possible, 150, 100)).toBe(300)
  expect(nearestPossible(possible, 250, 300)).toBe(100)
})

test('beyond the last value nothing moves', () => {
  expect(nearestPossible(possible, 450, 400)).toBe(400)
})
