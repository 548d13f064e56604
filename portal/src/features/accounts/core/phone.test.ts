import { expect, test } from 'vitest'
import { type AskedCode, secondsUntilCode, takesTexts } from './phone.ts'

const now = new Date('2026-03-02T10:00:00Z')
/** Codes asked for so many seconds ago, which have this in common with one asked for now. */
const asked = (same: Partial<AskedCode>, ...ago: number[]): AskedCode[] =>
  ago.map(seconds => ({
    at: new Date(now.getTime() - seconds * 1000),
    ...{ sameNumber: false, sameAddress: false, sameAccount: false },
    ...same,
  }))
const every = (count: number, seconds: number) => Array.from({ length: count }, (_, at) => (at + 1) * seconds)

test('one number gets a code a minute', () => {
  expect(secondsUntilCode([], now)).toBe(0)
  expect(secondsUntilCode(asked({ sameNumber: true }, 1), now)).toBe(59)
  expect(secondsUntilCode(asked({ sameNumber: true }, 60), now)).toBe(0)
  expect(secondsUntilCode(asked({ sameAddress: true, sameAccount: true }, 1), now)).toBe(0)
})

test.each<[string, Partial<AskedCode>, number]>([
  ['one number', { sameNumber: true }, 10],
  ['one address', { sameAddress: true }, 30],
  ['one account', { sameAccount: true }, 10],
])('%s gets so many within a day, and the next when the first is a day old', (_, same, most) => {
  expect(secondsUntilCode(asked(same, ...every(most - 1, 600)), now)).toBe(0)
  expect(secondsUntilCode(asked(same, ...every(most, 600)), now)).toBe(86_400 - most * 600)
})

test.each([
  ['+8613800138000', true],
  ['+8651267678888', false],
  ['+85251234567', true],
])('%s takes text messages: %s', (phone, takes) => expect(takesTexts(phone)).toBe(takes))
