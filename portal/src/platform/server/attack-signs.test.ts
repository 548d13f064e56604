import { expect, test } from 'vitest'
import { type Sample, signOf } from './attack-signs.ts'

const calm: Sample = { seconds: 5, refused: 0, places: 0, costly: 20, signIns: 1, lateMs: 3 }
const six = (...changes: Partial<Sample>[]) =>
  Array.from({ length: 6 }, (_, turn) => ({ ...calm, ...changes[turn % Math.max(1, changes.length)] }))

test('an ordinary day shows no sign, nor does a process that has just begun', () => {
  expect(signOf(six(), false)).toBeNull()
  expect(signOf(six({ costly: 5000 }).slice(1), false)).toBeNull()
})

test.each<[string, Partial<Sample>, string]>([
  ['many addresses that are refused', { refused: 60, places: 9 }, 'refused'],
  ['a crowd nobody knows that asks for what costs', { costly: 320 }, 'costly'],
  ['tries to sign in, one after the other', { signIns: 16 }, 'sign-ins'],
  ['a process out of breath while strangers ask', { lateMs: 600, costly: 60 }, 'late'],
])('%s: a sign, and half as much of it is enough to stay', (_, change, sign) => {
  expect(signOf(six(change), false)).toBe(sign)
  const [name, value] = Object.entries(change)[0]!
  const less = six({ ...change, [name]: value * 0.6 })
  expect(signOf(less, false)).toBeNull()
  expect(signOf(less, true)).toBe(sign)
  expect(signOf(six({ ...change, [name]: value * 0.4 }), true)).toBeNull()
})

test('one address that is refused however often is no attack: its own limit holds it', () => {
  expect(signOf(six({ refused: 5000, places: 1 }), false)).toBeNull()
})

test('a process that is late while hardly anybody asks is busy with something else', () => {
  expect(signOf(six({ lateMs: 4000 }), false)).toBeNull()
})

test('out of breath for a moment is no sign', () => {
  expect(signOf(six({ costly: 60 }, { costly: 60, lateMs: 4000 }), false)).toBeNull()
})
