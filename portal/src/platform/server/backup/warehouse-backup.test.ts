import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { cloneDatabase } from '../../../../test/test-database.ts'
import { readConfig } from '../config.ts'
import { openDatabase } from '../database.ts'
import { createLog } from '../log.ts'
import { openWarehouse } from '../warehouse.ts'
import type { Backup } from './manifest.ts'
import { backUpWarehouse, restoreWarehouse } from './warehouse-backup.ts'
import { checkPooledParts, demandWholeParts, prunePooledParts } from './warehouse-parts.ts'

const home = mkdtempSync(join(tmpdir(), 'fettle-readings-'))
const clone = await cloneDatabase()
const database = openDatabase(clone.url, () => {})
afterAll(async () => {
  await database.close()
  await clone.drop()
  rmSync(home, { recursive: true, force: true })
})

const secret = 'a secret that is long enough for a test'
const dir = join(home, 'backups')
const open = (dataDir: string) => openWarehouse({ config: readConfig({ DATA_DIR: dataDir }), database, log: createLog('silent') })

async function backUp(name: string): Promise<Backup> {
  const folder = join(dir, name)
  mkdirSync(folder, { recursive: true })
  const { part, warehouse } = (await backUpWarehouse(join(home, 'data'), dir, folder, name, secret))!
  return { folder, manifest: { name, parts: [part], warehouse } as unknown as Backup['manifest'] }
}

const copies = () =>
  readdirSync(join(dir, 'readings'), { recursive: true, encoding: 'utf8' }).filter(name => name.endsWith('.zst'))

const readingsIn = (warehouse: ReturnType<typeof open>) =>
  warehouse.query<{ at: number; scaled: number }>(
    'select toUnixTimestamp64Milli(r.at) as at, r.scaled as scaled from reading as r final order by r.at',
  )

test('readings are copied once beside a warehouse at work, come back as they were, and damage is named first', async () => {
  const device_id = crypto.randomUUID()
  const row = (at: number, scaled: number) => ({ device_id, metric: ['load'], at: [at], scaled: [scaled] })
  const working = open(join(home, 'data'))
  const insert = (at: number, scaled: number) =>
    working.insert('readings_taken', [row(at, scaled)], { batchId: crypto.randomUUID(), shownIn: ['reading', 'reading_latest'] })
  const [may, june] = [Date.UTC(2026, 4, 3), Date.UTC(2026, 5, 3)]
  await insert(may, 1)
  const first = await backUp('2026-06-02T12-00-00Z')
  const copied = copies()
  await insert(june, 2)
  const second = await backUp('2026-06-04T12-00-00Z')
  await working.close()
  expect([first, second].map(({ manifest }) => manifest.warehouse?.readings)).toEqual([1, 2])
  expect(copies().filter(name => name.includes('202605'))).toEqual(copied.filter(name => name.includes('202605')))

  const restored = join(home, 'restored')
  await restoreWarehouse(second, restored, secret)
  const warehouse = open(restored)
  expect(await readingsIn(warehouse)).toEqual([
    { at: may, scaled: 1 },
    { at: june, scaled: 2 },
  ])
  expect(await warehouse.query('select max(r.scaled) as scaled from reading_latest as r')).toEqual([{ scaled: 2 }])
  await warehouse.insert('readings_taken', [row(june, 2), row(june + 1, 3)], { batchId: crypto.randomUUID() }) // it comes again
  expect((await readingsIn(warehouse)).map(({ scaled }) => scaled)).toEqual([1, 2, 3])
  await warehouse.close()

  const [damaged] = copies().filter(name => name.includes('202606'))
  const path = join(dir, 'readings', damaged!)
  const bytes = readFileSync(path)
  bytes[bytes.length >> 1]! ^= 1
  writeFileSync(path, bytes)
  await expect(demandWholeParts(second)).rejects.toThrow(/202606.+ was changed: nothing was touched/)

  await prunePooledParts(dir, [first])
  expect(copies().sort()).toEqual(copied.sort())
  expect(await checkPooledParts(first)).toEqual([])
}, 120_000)
