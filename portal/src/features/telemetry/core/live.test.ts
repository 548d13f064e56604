import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readMarks, writeMarks } from './live.ts'

const moment = fc.option(fc.integer({ min: 0, max: 4_102_444_800_000 }))

test('marks come back as they were written, and no other number of machines takes them for its own', () => {
  fc.assert(
    fc.property(fc.array(moment, { minLength: 1, maxLength: 100 }), marks => {
      const word = writeMarks(marks)
      expect(readMarks(word, marks.length)).toEqual(marks)
      expect(readMarks(word, marks.length + 1)).toBeNull()
    }),
  )
})

test('marks of one moment are short, and what somebody made up is none', () => {
  const now = Date.parse('2026-11-26T12:00:00Z')
  expect(writeMarks(Array.from({ length: 100 }, () => now)).length).toBeLessThan(220)
  for (const word of ['', 'x', '.', '..', '1.-5', '1.2e9', "1.';", '1.zzzzzzzzzzz'])
    expect(readMarks(word, 1), word).toSatisfy(
      read => read === null || read.every((mark: number | null) => mark === null || Number.isSafeInteger(mark)),
    )
})
