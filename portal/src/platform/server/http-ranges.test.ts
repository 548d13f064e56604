import fc from 'fast-check'
import { expect, test } from 'vitest'
import { askedPiece } from './http-ranges.ts'

const file = { bytes: 1000, tag: 'abc' }
const asked = (range: string, ifRange?: string) =>
  askedPiece(new Headers({ range, ...(ifRange ? { 'if-range': ifRange } : {}) }), file)

test('a download goes on where it broke off', () => {
  expect(asked('bytes=400-')).toEqual({ first: 400, last: 999 })
  expect(asked('bytes=0-99')).toEqual({ first: 0, last: 99 })
  expect(asked('bytes=-100')).toEqual({ first: 900, last: 999 })
  expect(asked('bytes=900-5000')).toEqual({ first: 900, last: 999 })
})

test('of other bytes than those that were begun the whole is sent', () => {
  expect(asked('bytes=400-', '"abc"')).toEqual({ first: 400, last: 999 })
  expect(asked('bytes=400-', '"of yesterday"')).toBeNull()
})

test('what is not understood is sent whole, and what lies behind the end is refused', () => {
  for (const range of ['', 'lines=1-2', 'bytes=-', 'bytes=1-2,5-6', 'bytes=9-3']) expect(asked(range)).toBeNull()
  expect(() => asked('bytes=1000-')).toThrow(expect.objectContaining({ status: 416 }))
})

test('a piece lies within the file, whatever is asked for', () => {
  fc.assert(
    fc.property(fc.nat(2000), fc.nat(2000), fc.integer({ min: 1, max: 1500 }), (from, to, bytes) => {
      const piece = from < bytes ? askedPiece(new Headers({ range: `bytes=${from}-${to}` }), { bytes, tag: 'x' }) : null
      if (piece) expect(0 <= piece.first && piece.first <= piece.last && piece.last < bytes).toBe(true)
    }),
  )
})
