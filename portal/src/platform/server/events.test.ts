import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { sql } from 'kysely'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { cloneDatabase } from '../../../test/test-database.ts'
import { openDatabase } from './database.ts'
import { createRecord, createRelay, type EventOptions, type EventTables, type Relay } from './events.ts'
import type { ServerFeature } from './feature.ts'
import { createLog } from './log.ts'
import { createMetrics } from './metrics.ts'
import type { Platform } from './platform.ts'
import { openSignals } from './signals.ts'

declare module '#platform/core' {
  interface EventTypes {
    'part.made': { part: string }
    'part.sold': { part: string }
  }
}

interface Tables extends EventTables {
  handled: { event_id: string; part: string }
}

const clone = await cloneDatabase()
/** every statement, from the first to the last test */
const statements: string[] = []
const database = openDatabase(clone.url, () => {}, { onQuery: statement => statements.push(statement) })
await sql`create table handled (event_id uuid, part text)`.execute(database.db())
const log = createLog('silent')
const platform = { database, log, record: createRecord(database, () => new Date()), metrics: createMetrics('test') } as Platform
const open: (() => Promise<void>)[] = []

beforeEach(async () => {
  for (const close of open.splice(0)) await close()
  await sql`truncate handled, event, event_listener, event_parked`.execute(database.db())
})
afterAll(async () => {
  for (const close of open) await close()
  await database.close()
  await clone.drop()
})

const make = (part: string) => database.transaction(() => platform.record('part.made', { part }))
const handled = async () => (await database.db<Tables>().selectFrom('handled').selectAll().execute()).map(row => row.part)

/** A feature whose listener writes a row; `before` may fail. */
const listening = (name: string, before: (part: string) => unknown = () => {}): ServerFeature => ({
  name,
  on: {
    'part.made': [
      {
        name,
        async handle({ id, data }) {
          await database.db<Tables>().insertInto('handled').values({ event_id: id, part: data.part }).execute()
          await before(data.part)
        },
      },
    ],
  },
})

async function startRelay(features: ServerFeature[], options: EventOptions = {}): Promise<Relay> {
  const signals = await openSignals(clone.url, log)
  const relay = createRelay(platform, features, signals, options)
  await relay.start()
  open.push(async () => {
    await relay.stop()
    await signals.close()
  })
  return relay
}

async function eventually(check: () => Promise<boolean>): Promise<void> {
  for (const deadline = Date.now() + 10_000; !(await check()); ) {
    if (Date.now() > deadline) throw new Error('It has not come to pass within 10 s')
    await new Promise(resolve => setTimeout(resolve, 10))
  }
}

test('an event is recorded only within a transaction, and only if that commits', async () => {
  await expect(platform.record('part.made', { part: 'a' })).rejects.toThrow("record('part.made') needs a transaction")
  const rolledBack = database.transaction(async () => {
    await platform.record('part.made', { part: 'a' })
    throw new Error('changed our mind')
  })
  await expect(rolledBack).rejects.toThrow('changed our mind')
  expect(await database.db<Tables>().selectFrom('event').selectAll().execute()).toEqual([])
})

test('every listener gets every event once, in order, as soon as it is committed', async () => {
  await startRelay([listening('one'), listening('two')], { poll: 60_000 })
  const parts = Array.from({ length: 20 }, (_, i) => `part-${i}`)
  for (const part of parts) await make(part)
  await eventually(async () => (await handled()).length === 40)
  const order = (await handled()).filter((_, i, all) => all.indexOf(all[i]!) === i)
  expect(order).toEqual(parts)
})

test('an event that one listener hears asks no other', async () => {
  const deaf: ServerFeature = { name: 'deaf', on: { 'part.sold': [{ name: 'deaf', handle: async () => {} }] } }
  const relay = await startRelay([listening('eager'), deaf])
  await relay.settled()
  const before = statements.length
  for (const part of ['a', 'b', 'c']) await make(part)
  await relay.settled()
  expect(await handled()).toEqual(['a', 'b', 'c'])
  const locks = statements.slice(before).filter(statement => /from "event_listener".* for update skip locked/.test(statement))
  expect(locks.length).toBeGreaterThanOrEqual(3)
  expect(locks.length).toBeLessThanOrEqual(6) // each event, and after it that there is no more
})

test('several processes share the work without doing any of it twice', async () => {
  const relays = await Promise.all(Array.from({ length: 4 }, () => startRelay([listening('shared')])))
  await Promise.all(Array.from({ length: 100 }, (_, i) => make(`part-${i}`)))
  await Promise.all(relays.map(relay => relay.settled()))
  await eventually(async () => (await handled()).length >= 100)
  expect(new Set(await handled()).size).toBe(100)
  expect((await handled()).length).toBe(100)
})

test('an event whose transaction commits late is not overtaken for good', async () => {
  const relay = await startRelay([listening('late')])
  let finish = () => {}
  const waiting = new Promise<void>(resolve => {
    finish = resolve
  })
  const slow = database.transaction(async () => {
    await platform.record('part.made', { part: 'slow' })
    await waiting
  })
  await make('fast')
  await relay.settled()
  expect(await handled()).toEqual(['fast'])
  finish()
  await slow
  await relay.settled()
  expect(await handled()).toEqual(['fast', 'slow'])
})

test('a listener that fails is tried again, its rows rolled back, while others go on', async () => {
  let failures = 2
  const flaky = listening('flaky', () => {
    if (failures-- > 0) throw new Error('not now')
  })
  await startRelay([flaky, listening('steady')], { firstDelay: 5 })
  await make('a')
  await eventually(async () => (await handled()).length === 2)
  expect(failures).toBe(-1)
})

test('an event a listener can never handle is parked and visible, and does not stop those behind it', async () => {
  const broken = listening('broken', part => {
    if (part === 'bad') throw new Error('cannot make this')
  })
  await startRelay([broken], { attempts: 3, firstDelay: 2 })
  const bad = await make('bad')
  await make('good')
  await eventually(async () => (await handled()).length === 1)
  expect(await handled()).toEqual(['good'])
  const parked = await database.db<Tables>().selectFrom('event_parked').selectAll().execute()
  expect(parked).toMatchObject([{ listener: 'broken', event_id: bad, attempts: 3, error: 'cannot make this' }])
})

test('a new listener begins with what happens from now on', async () => {
  const first = await startRelay([listening('old')])
  await make('before')
  await first.settled()
  const second = await startRelay([listening('new')])
  await make('after')
  await Promise.all([first.settled(), second.settled()])
  await eventually(async () => (await handled()).length === 3)
  expect((await handled()).sort()).toEqual(['after', 'after', 'before'])
})

test('a process killed between commit and delivery loses nothing: the next one delivers, once', async () => {
  const program = new URL('../../../test/killed-process.ts', import.meta.url)
  const child = spawn(process.execPath, [program.pathname, clone.url], { stdio: ['ignore', 'pipe', 'inherit'] })
  await once(child.stdout!, 'data') // it says so from inside the listener: the event is committed, the listener has written its row
  child.kill('SIGKILL')
  await once(child, 'exit')
  expect(await handled()).toEqual([])
  const relay = await startRelay([listening('killed')])
  await eventually(async () => (await handled()).length > 0)
  await relay.settled()
  expect(await handled()).toEqual(['from the killed process'])
})
