import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { eicar, startClamd } from '../../../test/clamd-server.ts'
import { clamdScanner, openScanner, ScannerAway } from './scanner.ts'

async function* pieces(...content: (string | Buffer)[]) {
  for (const piece of content) yield Buffer.from(piece)
}

const clamd = await startClamd()
afterAll(() => clamd.close())

test('a harmless file is clean, however large it is', async () => {
  const megabytes = Array.from({ length: 20 }, () => randomBytes(1_000_000))
  expect(await clamdScanner(clamd.url).scan(pieces(...megabytes))).toEqual({ clean: true })
  expect(await clamdScanner(clamd.url).scan(pieces())).toEqual({ clean: true })
})

test('what the scanner finds is named, also where it lies across two pieces', async () => {
  const verdict = { clean: false, found: 'Win.Test.EICAR_HDB-1' }
  expect(await clamdScanner(clamd.url).scan(pieces(eicar))).toEqual(verdict)
  expect(await clamdScanner(clamd.url).scan(pieces('before', eicar.slice(0, 9), eicar.slice(9)))).toEqual(verdict)
})

test('scans run side by side', async () => {
  const scanner = clamdScanner(clamd.url)
  const verdicts = await Promise.all(Array.from({ length: 10 }, (_, at) => scanner.scan(pieces(at % 2 ? eicar : 'nothing'))))
  expect(verdicts.map(({ clean }) => clean)).toEqual(Array.from({ length: 10 }, (_, at) => at % 2 === 0))
})

test('a scanner behind a socket of this machine is used as well', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'fettle-clamd-'))
  const local = await startClamd(1000, join(folder, 'clamd sock'))
  try {
    expect(local.url).toMatch(/^clamd:\/\/\//)
    expect((await clamdScanner(encodeURI(local.url)).scan(pieces(eicar))).clean).toBe(false)
  } finally {
    await local.close()
    rmSync(folder, { recursive: true })
  }
})

test('a scanner that hangs up, is not there or stays silent is away, and says how', async () => {
  const moody = await startClamd()
  const scan = () => clamdScanner(moody.url, 200).scan(pieces(randomBytes(500_000), randomBytes(500_000)))
  moody.mood = 'away'
  await expect(scan()).rejects.toThrow(ScannerAway)
  moody.mood = 'silent'
  await expect(scan()).rejects.toThrow('no answer within 200 ms')
  await moody.close()
  await expect(scan()).rejects.toThrow(ScannerAway)
})

test('a file that is too large for the scanner is not called clean', async () => {
  const small = await startClamd(1000)
  await expect(clamdScanner(small.url).scan(pieces(randomBytes(700), randomBytes(700)))).rejects.toThrow('size limit exceeded')
  await small.close()
})

test('without an address there is no scanner', () => {
  expect(openScanner({ scannerUrl: null })).toBeNull()
})
