import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, expect, test, vi } from 'vitest'
import { getProduct } from '#features/products/core'
import { contactConsent, listLeads, submitInquiry } from '#features/sales/core'
import { type Config, createLog } from '#platform/server'
import { publishDrillStand, standardDraft } from '../../test/small-product.ts'
import { cloneDatabase } from '../../test/test-database.ts'
import { testPortal } from '../../test/test-portal.ts'
import { backUp } from './commands/back-up.ts'
import { restoreNamed } from './commands/restore-backup.ts'
import { verifyNamed } from './commands/verify-backup.ts'
import { features } from './features.ts'
import { startPortal } from './portal.ts'

vi.setConfig({ testTimeout: 120_000 }) // whole databases are copied, and the machine may be doing other things

const { api, platform, portal } = await testPortal()
const dir = mkdtempSync(join(tmpdir(), 'fettle-logical-'))
const config: Config = { ...platform.config, backup: { dir, every: 86_400_000, keep: 2, lag: 60, secret: null } }
const dropped: (() => Promise<void>)[] = []
afterAll(async () => {
  for (const drop of dropped) await drop()
  rmSync(dir, { recursive: true })
})

async function inquire(): Promise<void> {
  const visitor = await api()
  const { modelVersionId } = await visitor.call(getProduct, { params: { slug: 'drill-stand' } })
  await visitor.call(submitInquiry, {
    body: {
      configuration: standardDraft(modelVersionId),
      contact: { name: '王磊', company: '常州磊鑫机械\t\\N "x"', phone: '13800138000' },
      consent: { version: contactConsent.version, accepted: true },
    },
  })
}

await publishDrillStand(platform)
await inquire()
await portal.settled()
const sales = await api('sales')
const before = await sales.call(listLeads, { query: {} })
await platform.jobs.enqueue('platform.send-mail', {}, { runAt: new Date('2999-01-01') })
const said: string[] = []
await backUp(config, {}, line => said.push(line))
await inquire() // after the backup

async function anotherDatabase(): Promise<Config> {
  const database = await cloneDatabase({ empty: true })
  dropped.push(database.drop)
  return { ...config, databaseUrl: database.url }
}

async function query(on: Config, text: string) {
  const client = new pg.Client({ connectionString: on.databaseUrl! })
  await client.connect()
  return (await client.query(text).finally(() => client.end())).rows
}

test('the rows of a database of your own are backed up in one snapshot, and are all there again', async () => {
  expect(said.join()).toMatch(/\(logical, [\d.]+ MB\)$/)
  const checked: string[] = []
  const good = await verifyNamed(config, undefined, line => checked.push(line))
  expect(checked.join('\n')).toMatch(/ok {5}tables +\d+ tables and \d+ rows as they were/)
  expect(good).toBe(true)
})

test('they are restored into an empty database, on which a portal goes on', async () => {
  const place = await anotherDatabase()
  await restoreNamed(place, undefined, {}, () => {})
  const waiting = `select id, data, start_after from job.job where name = 'platform.send-mail' and start_after > '2998-01-01'`
  const jobs = await query(config, waiting)
  expect(jobs).toHaveLength(1)
  expect(await query(place, waiting)).toEqual(jobs)
  expect(before.items).toHaveLength(1)
  expect(await query(place, 'select number, status from lead')).toEqual([
    { number: String(before.items[0]!.number), status: 'new' },
  ])
  const restored = await startPortal(place, { features, background: false, log: createLog('error') })
  await restored.stop()
  // the next lead gets the next number, and a row without its parent is still refused
  const [{ next }] = await query(place, `select nextval(pg_get_serial_sequence('lead', 'number'))::int as next`)
  expect(next).toBeGreaterThan(before.items[0]!.number)
  await expect(query(place, 'delete from inquiry')).rejects.toThrow(/violates foreign key constraint/)
  await expect(query(place, 'delete from audit_entry')).rejects.toThrow(/only ever added to/)
})

test('a restore refuses to write over tables, or beside others; asked to replace, it keeps them in schemas beside', async () => {
  await expect(restoreNamed(config, undefined, {}, () => {})).rejects.toThrow(
    /^Others are connected to the database \(.+\): stop every portal/,
  )
  const place = await anotherDatabase()
  await query(place, 'create table mine (name text)')
  await expect(restoreNamed(place, undefined, {}, () => {})).rejects.toThrow(/^There are tables in the database already/)
  await restoreNamed(place, undefined, { replace: true }, () => {})
  expect(await query(place, 'select count(*)::int as leads from lead')).toEqual([{ leads: 1 }])
  const [{ schema }] = await query(place, `select schemaname as schema from pg_tables where tablename = 'mine'`)
  expect(schema).toMatch(/^public_before_20/)
})

test('a restore that fails leaves the database as it was, and one that was killed keeps portals from starting', async () => {
  const place = await anotherDatabase()
  await query(place, 'create table mine (name text)')
  const failing = { name: 'failing', afterRestore: async () => Promise.reject(new Error('the erasures cannot be read')) }
  ;(features as (typeof failing)[]).push(failing)
  try {
    await expect(restoreNamed(place, undefined, { replace: true }, () => {})).rejects.toThrow('the erasures cannot be read')
  } finally {
    ;(features as (typeof failing)[]).pop()
  }
  const start = () => startPortal(place, { features, background: false, log: createLog('error') })
  await expect(start()).rejects.toThrow(/^A restore into this database was interrupted: run it again/)
  await restoreNamed(place, undefined, {}, () => {})
  await (await start()).stop()
})
