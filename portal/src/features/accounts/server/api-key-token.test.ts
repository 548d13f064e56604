import { expect, test } from 'vitest'
import { isKeyShaped, newKeyToken } from './api-key-token.ts'

test('a new key has the shape of one, begins with its prefix, and comes once', () => {
  const keys = Array.from({ length: 200 }, newKeyToken)
  expect(keys.every(({ token, prefix }) => isKeyShaped(token) && token.startsWith(`${prefix}_`))).toBe(true)
  expect(new Set(keys.map(({ token }) => token)).size).toBe(200)
})

test('a mistyped or cut key is seen without asking the database', () => {
  const { token } = newKeyToken()
  const wrong = token.at(20) === 'x' ? 'y' : 'x'
  expect(isKeyShaped(token.slice(0, 20) + wrong + token.slice(21))).toBe(false)
  for (const cut of [token.slice(1), token.slice(0, -1), `${token} `, token.toUpperCase(), ''])
    expect(isKeyShaped(cut)).toBe(false)
})
