import { type Duplex, Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { expect, test } from 'vitest'
import { StartFailure } from '../start-failure.ts'
import { seal, unseal } from './seal.ts'

const secret = 'a secret that is long enough for a test'

async function collect(pieces: Buffer[], through: Duplex): Promise<Buffer> {
  const collected: Buffer[] = []
  await pipeline(Readable.from(pieces), through, async (content: AsyncIterable<Buffer>) => {
    for await (const piece of content) collected.push(piece)
  })
  return Buffer.concat(collected)
}

const bytes = (length: number) => Buffer.from(Array.from({ length }, (_, i) => (i * 7) % 251))

/** In pieces of odd sizes, as files and networks give them. */
function inPieces(content: Buffer, size: number): Buffer[] {
  return Array.from({ length: Math.ceil(content.length / size) }, (_, i) => content.subarray(i * size, (i + 1) * size))
}

const chunk = 65_536
const overhead = 16 // per chunk
const head = 32

test.each([0, 1, chunk - 1, chunk, chunk + 1, 3 * chunk, 200_001])('%i bytes come back as they were', async length => {
  const sealed = await collect(inPieces(bytes(length), 1000), seal(secret))
  expect(sealed.length).toBe(head + length + overhead * Math.max(1, Math.ceil(length / chunk)))
  expect((await collect(inPieces(sealed, 777), unseal(secret))).equals(bytes(length))).toBe(true)
})

test('the same content is never sealed to the same bytes', async () => {
  const [one, other] = [await collect([bytes(100)], seal(secret)), await collect([bytes(100)], seal(secret))]
  expect(one.equals(other)).toBe(false)
})

const whole = await collect([bytes(3 * chunk)], seal(secret))
const part = (from: number, to: number) => whole.subarray(head + from * (chunk + overhead), head + to * (chunk + overhead))
const start = whole.subarray(0, head)

test.each<[string, Buffer]>([
  ['a changed byte', Buffer.concat([whole.subarray(0, 90_000), Buffer.from([whole[90_000]! ^ 1]), whole.subarray(90_001)])],
  ['a changed salt', Buffer.concat([whole.subarray(0, 20), Buffer.from([whole[20]! ^ 1]), whole.subarray(21)])],
  ['an end cut off between two chunks', Buffer.concat([start, part(0, 2)])],
  ['an end cut off within a chunk', whole.subarray(0, whole.length - 5)],
  ['two chunks exchanged', Buffer.concat([start, part(1, 2), part(0, 1), part(2, 3)])],
  ['a chunk left out', Buffer.concat([start, part(0, 1), part(2, 3)])],
  ['a chunk doubled', Buffer.concat([start, part(0, 1), part(0, 3)])],
  ['something after the end', Buffer.concat([whole, Buffer.from('more')])],
  ['something else altogether', bytes(1000)],
])('%s is refused', async (_, sealed) => {
  await expect(collect([sealed], unseal(secret))).rejects.toThrow(StartFailure)
})

test('another secret opens nothing', async () => {
  await expect(collect([whole], unseal(`${secret}!`))).rejects.toThrow(/BACKUP_SECRET is not the one/)
})
