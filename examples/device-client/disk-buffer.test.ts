import { appendFile, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openDiskBuffer } from './disk-buffer.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fettle-buffer-'))
})
afterEach(() => rm(folder, { recursive: true }))

test('what was added comes out in its order, and what was dropped does not come again after a restart', async () => {
  const buffer = await openDiskBuffer(folder)
  await Promise.all(['a', 'b', 'c', 'd'].map(line => buffer.add(line)))
  expect(await buffer.read(2)).toEqual(['a', 'b'])
  await buffer.drop(2)
  await buffer.close()
  const again = await openDiskBuffer(folder)
  expect(again.waiting()).toBe(2)
  await again.add('e')
  expect(await again.read(10)).toEqual(['c', 'd'])
  await again.drop(2)
  expect(await again.read(10)).toEqual(['e'])
  await again.close()
})

test('a line that a power cut left half written is not there', async () => {
  const buffer = await openDiskBuffer(folder)
  await buffer.add('whole')
  await buffer.close()
  await appendFile(join(folder, (await readdir(folder)).find(name => name.endsWith('.lines'))!), 'hal')
  const again = await openDiskBuffer(folder)
  expect(await again.read(10)).toEqual(['whole'])
  await again.close()
})

test('beyond its bound the oldest are lost, not the newest', async () => {
  const buffer = await openDiskBuffer(folder, 9 * 2 ** 20)
  const wide = 'x'.repeat(1000)
  for (let i = 0; i < 16_000; i += 500) await Promise.all(Array.from({ length: 500 }, (_, k) => buffer.add(`${i + k} ${wide}`)))
  const [first] = await buffer.read(1)
  expect(Number(first!.split(' ')[0])).toBeGreaterThan(3000)
  let last = ''
  for (let lines = await buffer.read(5000); lines.length > 0; lines = await buffer.read(5000)) {
    last = lines.at(-1)!
    await buffer.drop(lines.length)
  }
  expect(last.startsWith('15999 ')).toBe(true)
  expect(buffer.waiting()).toBe(0)
  await buffer.close()
})
