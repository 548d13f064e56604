import { gunzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { compressPieces, joinGzip } from './gzip-pieces.ts'

test('pieces joined compressed are what they are joined plain', async () => {
  const long = Array.from({ length: 20_000 }, (_, i) => `第${i % 700}行 `).join('')
  for (const pieces of [['a'], ['', ''], ['<p>', '</p>'], [long, 'x', long, '']]) {
    for (const between of ['', 'nonce-4711', 'ü'.repeat(5000)]) {
      const file = joinGzip(await compressPieces(pieces), between)
      expect(gunzipSync(file).toString()).toBe(pieces.join(between))
    }
  }
})
