import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, expect, test } from 'vitest'
import { eventually } from '../eventually.ts'
import { cloneDatabase } from '../test-database.ts'
import { settle, verify } from './findings.ts'
import { openMailSink } from './mail-sink.ts'
import { startPortalProcess } from './portal-process.ts'
import { startWriters } from './writers.ts'

const clone = await cloneDatabase()
const database = new pg.Pool({ connectionString: clone.url, max: 2 })
const dataDir = mkdtempSync(join(tmpdir(), 'fettle-several-'))
const sink = await openMailSink(3, Math.random)
// All three start at the same moment on an empty database: one of them migrates and fills it.
const processes = sink.urls.map(url =>
  startPortalProcess({
    DATA_DIR: dataDir,
    DATABASE_URL: clone.url,
    DATABASE_POOL: '6',
    SMTP_URL: url,
    SESSION_SECRET: 'the same for all three of these portals',
    FAULTS_SCHEDULE: '* * * * *',
  }),
)
afterAll(async () => {
  await Promise.all(processes.map(one => one.stop()))
  await database.end()
  await sink.close()
  await clone.drop()
  rmSync(dataDir, { recursive: true, force: true })
})
const portals = await Promise.all(processes.map(one => one.ready))
const [first] = portals
const cookie = await signIn()

async function signIn(): Promise<string> {
  const answer = await fetch(`${first!.url}/api/v1/auth/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(first!.sales),
  })
  return answer.headers
    .getSetCookie()
    .map(one => one.split(';')[0])
    .join('; ')
}

/** What a browser hears at this portal, from now on. */
async function listen(url: string): Promise<{ heard: () => string; stop(): void }> {
  const end = new AbortController()
  const stream = await fetch(`${url}/api/v1/live?topics=leads`, { headers: { cookie }, signal: end.signal })
  const heard: string[] = []
  const keep = new WritableStream<string>({
    write(text) {
      heard.push(text)
    },
  })
  void stream
    .body!.pipeThrough(new TextDecoderStream())
    .pipeTo(keep)
    .catch(() => {}) // it is ended by us
  await eventually(() => heard.join('').includes('retry:'))
  return { heard: () => heard.join(''), stop: () => end.abort() }
}

test('what one portal does reaches the browsers of all, and every inquiry is handled once, by whichever of them', async () => {
  const browsers = await Promise.all(portals.map(({ url }) => listen(url)))
  const writers = startWriters(() => portals.map(({ url }) => url), first!.sales, Math.random, { visitors: 3, pause: 20 })
  await eventually(() => writers.acknowledged.inquiries.size >= 20 && writers.acknowledged.notes.size >= 1)
  await writers.finish()
  await settle(database)
  const findings = await verify({
    ...{ database, url: first!.url, sales: first!.sales },
    ...{ acknowledged: writers.acknowledged, mails: sink.taken, kills: [] },
  })
  expect(findings).toMatchObject({
    lost: 0,
    doubled: 0,
    undone: 0,
    defects: [],
    mails: { doubledAfter250: 0, doubledBefore250: 0, doubledOtherwise: 0 },
  })
  const { rows: leads } = await database.query<{ id: string }>('select id from lead')
  for (const browser of browsers) {
    await eventually(() => leads.every(({ id }) => browser.heard().includes(id)))
    browser.stop()
  }
}, 120_000)

test('a change to what pages show empties the cache of every portal', async () => {
  const page = async (url: string) => (await fetch(`${url}/machines`)).text()
  for (const { url } of portals) expect(await page(url)).toBe(await page(url))
  const before = await Promise.all(portals.map(({ url }) => page(url)))
  await database.query(`select pg_notify('fettle_live', '{"topic":"pages","id":"drill-stand"}')`)
  for (const [at, { url }] of portals.entries()) await eventually(async () => (await page(url)) !== before[at])
})

test('a schedule that three portals keep is done once each time', async () => {
  const ticks = async () =>
    (
      await database.query<{ id: string; slot: string; done: number }>(
        `select id, singleton_on::text as slot, (select count(*)::int from fault_effect where effect = 'ticked' and about = id::text) as done
         from job.job where name = 'faults.tick'`,
      )
    ).rows
  await eventually(async () => (await ticks()).some(({ done }) => done > 0), 100)
  const all = await ticks()
  expect(new Set(all.map(({ slot }) => slot)).size).toBe(all.length)
  for (const { done } of all) expect(done).toBeLessThanOrEqual(1)
}, 120_000)
