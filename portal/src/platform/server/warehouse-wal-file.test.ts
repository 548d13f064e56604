import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, expect, test } from 'vitest'
import { readEntries, writtenEntry } from './warehouse-wal-file.ts'

const folder = mkdtempSync(join(tmpdir(), 'fettle-wal-'))
afterAll(() => rmSync(folder, { recursive: true }))

const entry = fc.record({
  sql: fc.string({ unit: 'binary' }),
  settings: fc.dictionary(fc.string(), fc.string()),
  shownIn: fc.array(fc.string()),
  rows: fc.uint8Array({ maxLength: 200 }).map(bytes => Buffer.from(bytes)),
})

test('of a file that was cut off or spoilt anywhere the entries before that are read, as they were', async () => {
  const path = join(folder, 'some.rows')
  await fc.assert(
    fc.asyncProperty(
      fc.array(entry, { maxLength: 6 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.boolean(),
      async (all, share, cut) => {
        const pieces = all.map(writtenEntry)
        const bytes = Buffer.concat(pieces)
        const at = Math.floor(share * bytes.length)
        if (!cut && at < bytes.length) bytes[at]! ^= 0x55
        writeFileSync(path, cut ? bytes.subarray(0, at) : bytes)
        let [whole, end] = [0, 0]
        for (const { length } of pieces) {
          end += length
          if (end - (cut ? 1 : 0) <= at) whole++
        }
        const read = await readEntries(path)
        expect(read.length).toBeGreaterThanOrEqual(whole)
        expect(read.length).toBeLessThanOrEqual(at === bytes.length || (!cut && bytes.length === 0) ? all.length : whole + 1)
        expect(read.slice(0, whole)).toEqual(all.slice(0, whole))
      },
    ),
  )
})
