import fc from 'fast-check'
import { expect, test } from 'vitest'
import { add, compare, decimalsOf, divide, exact, multiply, round, scaled, toNumber, unscaled } from './decimal.ts'

const tenths = fc.integer({ min: -1_000_000, max: 1_000_000 }).chain(n => fc.nat(6).map(decimals => unscaled(n, decimals)))

test('decimals are exact where floating point is not', () => {
  expect(compare(add(exact(0.1), exact(0.2)), exact(0.3))).toBe(0)
  expect(toNumber(multiply(exact(1.005), exact(100)), 0)).toBe(101)
  expect(compare(multiply(divide(exact(1), exact(3))!, exact(3)), exact(1))).toBe(0)
  expect(divide(exact(1), exact(0))).toBeUndefined()
})

test.each([
  [2.5, 3],
  [-2.5, -3],
  [0.4999999999, 0],
  [-0.5, -1],
  [1e-7, 0],
])('%d rounds to %d, halves away from zero', (value, expected) => {
  expect(toNumber(round(exact(value)))).toBe(expected)
})

test('a number is read by its shortest text', () => {
  expect(exact(0.1)).toEqual({ n: 1n, d: 10n })
  expect(exact(1.5e-7)).toEqual({ n: 15n, d: 100_000_000n })
  expect(exact(1e21)).toEqual({ n: 10n ** 21n, d: 1n })
  expect([0.25, 5, 1e-7, 1.5e-7, -3.125].map(decimalsOf)).toEqual([2, 0, 7, 8, 3])
  expect(() => exact(Number.NaN)).toThrow(RangeError)
})

test('scaling and unscaling lose nothing, and refuse what they would lose', () => {
  fc.assert(fc.property(tenths, value => unscaled(scaled(value, 6)!, 6) === value))
  expect(scaled(0.125, 2)).toBeUndefined()
  expect(scaled(1e15, 6)).toBeUndefined()
})

test('sums and products agree with integers of a common scale', () => {
  fc.assert(
    fc.property(tenths, tenths, (a, b) => {
      const [x, y] = [BigInt(scaled(a, 6)!), BigInt(scaled(b, 6)!)]
      const million = 1_000_000n
      expect(compare(add(exact(a), exact(b)), { n: x + y, d: million })).toBe(0)
      expect(compare(multiply(exact(a), exact(b)), { n: x * y, d: million * million })).toBe(0)
      expect(compare(exact(a), exact(b))).toBe(x < y ? -1 : x > y ? 1 : 0)
    }),
  )
})
