import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { cloneDatabase } from '../../../test/test-database.ts'
import { migrate } from './migrate.ts'
import { StartFailure } from './start-failure.ts'

const database = await cloneDatabase({ empty: true })
const client = new pg.Client({ connectionString: database.url })
await client.connect()
let folder = ''

beforeEach(async () => {
  await client.query('drop schema public cascade; create schema public')
  if (folder) rmSync(folder, { recursive: true })
  folder = mkdtempSync(join(tmpdir(), 'fettle-migrations-'))
})
afterAll(async () => {
  await client.end()
  await database.drop()
  rmSync(folder, { recursive: true })
})

const write = (name: string, sql: string) => writeFileSync(join(folder, name), sql)

test('files run once, in their order, and several processes may start at once', async () => {
  write('0002-row.sql', 'insert into thing values (1)')
  write('0001-table.sql', 'create table thing (id int primary key)')
  const runs = await Promise.all([migrate(database.url, folder), migrate(database.url, folder), migrate(database.url, folder)])
  expect(runs.flat()).toEqual(['0001-table', '0002-row'])
  expect((await client.query('select * from thing')).rowCount).toBe(1)
})

test('a file that fails leaves nothing behind and names its line', async () => {
  write('0001-table.sql', 'create table thing (id int);\n\ninsert into nothing values (1);')
  await expect(migrate(database.url, folder)).rejects.toThrow(
    'The migration 0001-table failed at line 3: relation "nothing" does not exist. Nothing of it was kept.',
  )
  expect((await client.query(`select to_regclass('thing') as found`)).rows[0].found).toBeNull()
})

test('a file that changed after it ran stops the start', async () => {
  write('0001-table.sql', 'create table thing (id int)')
  await migrate(database.url, folder)
  write('0001-table.sql', 'create table thing (id bigint)')
  await expect(migrate(database.url, folder)).rejects.toThrow(/^The migration 0001-table has changed since it ran/)
})

test('a database made by a newer portal stops the start', async () => {
  write('0001-table.sql', 'create table thing (id int)')
  await migrate(database.url, folder)
  rmSync(join(folder, '0001-table.sql'))
  await expect(migrate(database.url, folder)).rejects.toThrow(
    /^The database is newer than this portal: it has migration 0001-table/,
  )
})

test('a database that is not there, a wrong password and a user without rights are each said in one sentence', async () => {
  const start = (change: Partial<Pick<URL, 'pathname' | 'username' | 'password'>>) =>
    migrate(Object.assign(new URL(database.url), change).href, folder)
  await expect(start({ pathname: '/nowhere' })).rejects.toThrow('database "nowhere" does not exist. Create it first')
  await expect(start({ password: 'wrong' })).rejects.toThrow('refuses this user and password')
  const weak = `weak_${process.pid}`
  await client.query(`create role ${weak} login password 'x'`)
  try {
    await expect(start({ username: weak, password: 'x' })).rejects.toThrow(/^The database user may not create tables/)
  } finally {
    await client.query(`drop role ${weak}`)
  }
})

test('a server that does not answer is said in one sentence', async () => {
  const start = migrate('postgres://nobody:secret@127.0.0.1:1/none', folder)
  await expect(start).rejects.toThrow(StartFailure)
  await expect(start).rejects.toThrow('The database does not answer (ECONNREFUSED): check DATABASE_URL and that the server runs.')
})
