import { expect, test } from 'vitest'
import { parseMoney, parseNumber, typedMoney } from './typed-numbers.ts'

test.each([
  ['580000', 58_000_000],
  ['580,000.5', 58_000_050],
  ['1 200', 120_000],
  ['12,50', 1250],
  ['0', 0],
  ['0.29', 29],
  ['1.005', null],
  ['-5', null],
  ['five', null],
  ['', null],
])('“%s” is %s in minor units', (typed, amount) => {
  expect(parseMoney(typed, 'CNY')).toBe(amount)
})

test('what is shown to be typed over is read back as the same', () => {
  for (const amount of [0, 5, 120, 123_456, 99_999_999_999]) expect(parseMoney(typedMoney(amount, 'CNY'), 'CNY')).toBe(amount)
  expect(typedMoney(500, 'JPY')).toBe('500')
  expect(parseNumber('1.125', 3)).toBe(1.125)
})
