import { sql } from 'kysely'
import { afterAll, expect, test } from 'vitest'
import { cloneDatabase } from '../../../test/test-database.ts'
import { openDatabase } from './database.ts'
import { openLive } from './live.ts'
import { createLog } from './log.ts'
import { openSignals } from './signals.ts'

const clone = await cloneDatabase()
const log = createLog('silent')

/** One portal process's end of the wire. */
async function openProcess() {
  const database = openDatabase(clone.url, () => {}, { max: 2 })
  const signals = await openSignals(clone.url, log)
  return { database, signals, live: await openLive(database, signals) }
}

const here = await openProcess()
const there = await openProcess()
afterAll(async () => {
  for (const { signals, database } of [here, there]) {
    await signals.close()
    await database.close()
  }
  await clone.drop()
})

async function eventually(check: () => boolean): Promise<void> {
  for (const deadline = Date.now() + 10_000; !check(); ) {
    if (Date.now() > deadline) throw new Error('It has not come to pass within 10 s')
    await new Promise(resolve => setTimeout(resolve, 10))
  }
}

test('a change told by one process reaches the subscribers of every process, once it is committed', async () => {
  const heard: string[] = []
  const stop = there.live.subscribe('leads', id => heard.push(`there ${id}`))
  here.live.subscribe('leads', id => heard.push(`here ${id}`))
  here.live.subscribe('company:1', id => heard.push(`elsewhere ${id}`))
  const rolledBack = here.database.transaction(async () => {
    await here.live.publish('leads', 'never')
    throw new Error('changed our mind')
  })
  await expect(rolledBack).rejects.toThrow('changed our mind')
  await here.database.transaction(() => here.live.publish('leads', 'l1'))
  await eventually(() => heard.length === 2)
  expect(heard.sort()).toEqual(['here l1', 'there l1'])

  stop()
  await here.live.publish('leads', 'l2')
  await eventually(() => heard.includes('here l2'))
  expect(heard).not.toContain('there l2')
})

test('a connection for notifications that the server ends comes back by itself', async () => {
  const heard: (string | null)[] = []
  there.live.subscribe('leads', id => heard.push(id))
  await sql`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'fettle-signals' and datname = current_database()`.execute(
    here.database.db(),
  )
  for (const deadline = Date.now() + 10_000; !heard.includes('again') && Date.now() < deadline; ) {
    await here.live.publish('leads', 'again')
    await new Promise(resolve => setTimeout(resolve, 50))
  }
  expect(heard).toContain('again')
  expect(heard).toContain(null) // what was told meanwhile is lost: whoever listens is told that he may have missed something
})
