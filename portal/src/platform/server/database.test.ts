import { type Generated, sql } from 'kysely'
import { afterAll, expect, test } from 'vitest'
import { openDatabaseProxy } from '../../../test/faults/database-proxy.ts'
import { cloneDatabase } from '../../../test/test-database.ts'
import { openDatabase } from './database.ts'

interface Tables {
  note: { id: Generated<number>; text: string }
}

const own = await cloneDatabase({ empty: true })
const proxy = await openDatabaseProxy(own.url)
const database = openDatabase(proxy.url, () => {}, { max: 2 })
afterAll(async () => {
  await database.close()
  await proxy.close()
  await own.drop()
})
await database.pool.query('create table note (id serial primary key, text text not null unique)')
const write = (text: string) => database.db<Tables>().insertInto('note').values({ text }).execute()
const kept = async () =>
  (await database.db<Tables>().selectFrom('note').select('text').orderBy('id').execute()).map(({ text }) => text)

test('what a transaction asks side by side is done in that order, and one failure undoes all of it', async () => {
  await database.transaction(() => Promise.all([write('first'), write('second'), write('third')]))
  expect(await kept()).toEqual(['first', 'second', 'third'])
  const failing = database.transaction(() => Promise.all([write('fourth'), write('first'), write('fifth')]))
  await expect(failing).rejects.toMatchObject({ code: '23505' })
  expect(await kept()).toEqual(['first', 'second', 'third'])
})

test('a transaction waits once for what is asked side by side, and not at all for its beginning', async () => {
  const before = proxy.turns()
  await database.transaction(async () => {
    await Promise.all([write('one'), write('two'), write('three')])
    await write('four')
  })
  expect(proxy.turns() - before).toBe(3) // the last is the commit
})

test('a statement that comes after its transaction has ended is refused, and one within it is not', async () => {
  let late = Promise.resolve<unknown>(null)
  await database.transaction(async () => {
    await write('in time')
    late = new Promise(resolve => setTimeout(resolve, 50)).then(() => write('too late'))
    late.catch(() => {})
  })
  await expect(late).rejects.toThrow('after its transaction had ended')
  expect(await kept()).toContain('in time')
  expect(await kept()).not.toContain('too late')
})

test('a connection that breaks in a transaction is not used again', async () => {
  const broken = database.transaction(async () => {
    await write('lost')
    await sql`select pg_terminate_backend(pg_backend_pid())`.execute(database.db())
  })
  await expect(broken).rejects.toThrow()
  expect(await Promise.all([kept(), kept()])).toEqual([
    expect.not.arrayContaining(['lost']),
    expect.not.arrayContaining(['lost']),
  ])
  expect(database.pool.totalCount).toBeLessThanOrEqual(2)
})
