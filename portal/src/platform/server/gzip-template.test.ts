import { randomBytes } from 'node:crypto'
import { gunzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { fillGzip, fillPlain, prepareTemplate } from './gzip-template.ts'

test.each([
  ['no place', ['<html>机床</html>']],
  ['one place', ['<script nonce="', '">go()</script>']],
  ['places side by side, first and last', ['', '', '']],
  ['a long page', ['机床 '.repeat(40_000), 'b', 'c'.repeat(70_000), '']],
])('%s: the gzip file holds the text with its value, and its checksum is right', async (_, pieces) => {
  const template = await prepareTemplate(pieces, 22)
  for (let turn = 0; turn < 20; turn++) {
    const value = randomBytes(16).toString('base64url')
    const text = pieces.join(value)
    expect(Buffer.from(fillPlain(template, value)).toString()).toBe(text)
    expect(gunzipSync(fillGzip(template, value)).toString()).toBe(text) // throws where checksum or length is wrong
  }
})

test('what one answer holds is not the next one’s', async () => {
  const template = await prepareTemplate(['<', '>'], 4)
  const first = fillGzip(template, 'aaaa')
  fillGzip(template, 'bbbb')
  expect(gunzipSync(first).toString()).toBe('<aaaa>')
})
