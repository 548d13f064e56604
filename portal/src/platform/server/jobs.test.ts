import { sql } from 'kysely'
import { afterAll, expect, test } from 'vitest'
import { cloneDatabase } from '../../../test/test-database.ts'
import { newKey } from './cipher.ts'
import { openDatabase } from './database.ts'
import type { JobHandler } from './feature.ts'
import { recoverJobs } from './job-recovery.ts'
import { createJobs } from './jobs.ts'
import { createLog } from './log.ts'
import { createMetrics } from './metrics.ts'
import type { Platform } from './platform.ts'
import { openSignals } from './signals.ts'
import { openVault } from './vault.ts'

const clone = await cloneDatabase()
const log = createLog('silent')
const database = openDatabase(clone.url, () => {})
const signals = await openSignals(clone.url, log)
const vault = await openVault(database, signals, [{ name: 'test', key: newKey() }])
const jobs = createJobs(database, signals, vault, log)
const platform = { database, log, metrics: createMetrics('test') } as Platform

const done: unknown[] = []
let failures = 0
const handlers: Record<string, JobHandler> = {
  'test.note': {
    async handle(data) {
      if (failures-- > 0) throw new Error('not now')
      done.push(data)
    },
  },
  'test.never': { handle: async () => {} },
  'test.write': {
    async handle(data) {
      await sql`insert into written (what) values (${(data as { what: string }).what})`.execute(database.db())
      await atWrite()
    },
  },
}
let atWrite = async () => {}
await sql`create table written (what text)`.execute(database.db())
await jobs.prepare(handlers)
await jobs.work(
  { 'test.note': handlers['test.note']!, 'test.write': handlers['test.write']! },
  { 'test.note': '0 3 * * *' },
  platform,
)

afterAll(async () => {
  await jobs.stop()
  await signals.close()
  await database.close()
  await clone.drop()
})

async function eventually(check: () => boolean | Promise<boolean>): Promise<void> {
  for (const deadline = Date.now() + 15_000; !(await check()); ) {
    if (Date.now() > deadline) throw new Error('It has not come to pass within 15 s')
    await new Promise(resolve => setTimeout(resolve, 10))
  }
}

const waiting = async (name: string) =>
  database
    .db<{ 'job.job': { name: string; data: unknown; start_after: Date } }>()
    .selectFrom('job.job')
    .selectAll()
    .where('name', '=', name)
    .execute()

test('a job of a transaction that commits is done at once, one of a transaction that fails never exists', async () => {
  const rolledBack = database.transaction(async () => {
    await jobs.enqueue('test.note', { n: 'rolled back' })
    throw new Error('changed our mind')
  })
  await expect(rolledBack).rejects.toThrow('changed our mind')
  const started = Date.now()
  await database.transaction(() => jobs.enqueue('test.note', { n: 'committed' }))
  await eventually(() => done.length > 0)
  expect(done).toEqual([{ n: 'committed' }])
  expect(Date.now() - started).toBeLessThan(1500) // woken, not polled
})

test('a job that fails is tried again', async () => {
  done.length = 0
  failures = 1
  await jobs.enqueue('test.note', { n: 'again' })
  await eventually(() => done.length > 0)
  expect(done).toEqual([{ n: 'again' }])
})

test('a job may wait for its time, and one with a key is not added twice while it waits', async () => {
  const runAt = new Date(Date.now() + 3_600_000)
  const ids = await Promise.all([1, 2, 3].map(n => jobs.enqueue('test.never', { n }, { runAt, singletonKey: 'quote-7' })))
  expect(new Set(ids).size).toBe(1)
  expect((await waiting('test.never')).map(job => job.start_after)).toEqual([runAt])
})

test('the schedules are those the features declare', async () => {
  const schedules = await database
    .db<{ 'job.schedule': { name: string; cron: string; timezone: string } }>()
    .selectFrom('job.schedule')
    .selectAll()
    .execute()
  expect(schedules).toMatchObject([{ name: 'test.note', cron: '0 3 * * *', timezone: 'UTC' }])
})

const written = async (what: string) => (await database.pool.query('select from written where what = $1', [what])).rowCount

test('what a job writes is kept together with the mark that it is done: a job given away meanwhile keeps nothing of the first try', async () => {
  let tries = 0
  atWrite = async () => {
    if (++tries === 1)
      await database.pool.query(`update job.job set state = 'retry', heartbeat_on = null where name = 'test.write'`)
  }
  await jobs.enqueue('test.write', { what: 'once' })
  await eventually(async () => tries >= 2 && (await written('once')) !== 0)
  expect(tries).toBe(2)
  expect(await written('once')).toBe(1)
})

test('a job whose process died is begun again, even one that was killed in its last try; one that is being worked on is left alone', async () => {
  const dead = await jobs.enqueue('test.never', { n: 'dead' })
  const alive = await jobs.enqueue('test.never', { n: 'alive' })
  await database.pool.query(
    `update job.job set state = 'active', started_on = now() - interval '1 min', retry_count = retry_limit,
            heartbeat_on = now() - case when id = $1 then interval '11 s' else interval '4 s' end
     where id in ($1, $2)`,
    [dead, alive],
  )
  await recoverJobs(database)
  const { rows } = await database.pool.query(
    'select id, state, retry_limit - retry_count as left from job.job where id in ($1, $2)',
    [dead, alive],
  )
  expect(rows).toContainEqual({ id: dead, state: 'retry', left: 1 })
  expect(rows).toContainEqual({ id: alive, state: 'active', left: 0 })
})
