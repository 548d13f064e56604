import { gunzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { gzipped } from './http-gzip.ts'

const answer = JSON.stringify(Array.from({ length: 500 }, (_, at) => ({ at, value: at % 7 })))

test('an answer is the same for whoever unpacks it, and shorter on its way', () => {
  const sent = gzipped(answer, 'br, gzip, deflate')!
  expect(gunzipSync(sent).toString()).toBe(answer)
  expect(sent.length).toBeLessThan(answer.length / 2)
})

test.each([
  ['takes none', answer, undefined],
  ['takes something else', answer, 'br'],
  ['refuses gzip', answer, 'gzip;q=0, br'],
])('it stays as it is for whoever %s', (_, body, taken) => expect(gzipped(body, taken)).toBeNull())

test('what is very short or very long is left to others', () => {
  expect(gzipped('{}', 'gzip')).toBeNull()
  expect(gzipped('x'.repeat(300_000), 'gzip')).toBeNull()
})
