import { sql } from 'kysely'
import { afterAll, expect, test } from 'vitest'
import { eventually } from '../../../test/eventually.ts'
import { openDatabaseProxy } from '../../../test/faults/database-proxy.ts'
import { cloneDatabase } from '../../../test/test-database.ts'
import { openDatabase } from './database.ts'
import { fromDatabase, isDatabaseAway, OutcomeUnknown } from './database-failures.ts'

const clone = await cloneDatabase({ empty: true })
const proxy = await openDatabaseProxy(clone.url)
const database = openDatabase(proxy.url, () => {})
afterAll(async () => {
  await database.close()
  await proxy.close()
  await clone.drop()
})

const failed = (error: unknown) => error
const query = (statement: string) => sql.raw(statement).execute(database.db())

test('a connection that breaks in a statement means that the database is away, and the next query connects anew', async () => {
  const sleeping = query('select pg_sleep(60)').catch(failed)
  await eventually(async () => {
    const { rows } = await query(`select from pg_stat_activity where query = 'select pg_sleep(60)' and state = 'active'`)
    return rows.length > 0
  })
  database.drop()
  const error = await sleeping
  expect(isDatabaseAway(error)).toBe(true)
  expect(fromDatabase(error)).toMatchObject({ type: 'unavailable', status: 503 })
  await query('select 1')
})

test('a connection that breaks between two statements of a transaction keeps nothing and does not end the process', async () => {
  await query('create table kept (n int)')
  const error = await database
    .transaction(async () => {
      await query('insert into kept values (1)')
      database.drop()
      await query('insert into kept values (2)')
    })
    .catch(failed)
  expect(isDatabaseAway(error)).toBe(true)
  expect((await query('select n from kept')).rows).toEqual([])
})

test('a connection that breaks in the commit leaves open whether it was saved, and the answer says so', async () => {
  const error = await database
    .transaction(async () => {
      await query('select 1')
      await proxy.become('silent')
      setTimeout(database.drop, 100)
    })
    .catch(failed)
  expect(error).toBeInstanceOf(OutcomeUnknown)
  expect(fromDatabase(error)).toMatchObject({ type: 'outcome-unknown', status: 503 })
  await proxy.become('pass')
})

test.each([
  ['53100', 'storage-full', 507],
  ['ENOSPC', 'storage-full', 507],
  ['25006', 'read-only', 503],
  ['57014', 'unavailable', 503],
  ['57P01', 'unavailable', 503],
  ['22P02', 'validation', 422],
])('an error %s is answered as %s', (code, type, status) => {
  expect(fromDatabase(Object.assign(new Error('refused'), { code }))).toMatchObject({ type, status })
})

test('what is our own mistake stays one', () => {
  expect(fromDatabase(Object.assign(new Error('no such column'), { code: '42703' }))).toBeNull()
  expect(fromDatabase(new Error('Connection of the spindle is wrong'))).toBeNull()
})
