import { expect, test } from 'vitest'
import { readAtLeast } from './read-at-least.ts'

const all = ['a', 'b', 'c', 'd', 'e']
const read = async (cursor = '0') => ({
  items: all.slice(Number(cursor), Number(cursor) + 2),
  nextCursor: Number(cursor) + 2 < all.length ? String(Number(cursor) + 2) : null,
  total: all.length,
})

test.each([
  [0, 'ab', '2'],
  [2, 'ab', '2'],
  [3, 'abcd', '4'],
  [9, 'abcde', null],
])('a list of which %i rows were shown is read again as %s', async (shown, rows, nextCursor) => {
  expect(await readAtLeast(shown, read)).toEqual({ items: [...rows], nextCursor, total: 5 })
})
