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
  const runs = await Promise.all([
    migrate(database.url, { folder }),
    migrate(database.url, { folder }),
    migrate(database.url, { folder }),
  ])
  expect(runs.flat()).toEqual(['0001-table', '0002-row'])
  expect((await client.query('select * from thing')).rowCount).toBe(1)
})

test('a file that fails leaves nothing behind and names its line', async () => {
  write('0001-table.sql', 'create table thing (id int);\n\ninsert into nothing values (1);')
  await expect(migrate(database.url, { folder })).rejects.toThrow(
    'The migration 0001-table failed at line 3: relation "nothing" does not exist. Nothing of it was kept.',
  )
  expect((await client.query(`select to_regclass('thing') as found`)).rows[0].found).toBeNull()
})

test('a file that changed after it ran stops the start', async () => {
  write('0001-table.sql', 'create table thing (id int)')
  await migrate(database.url, { folder })
  write('0001-table.sql', 'create table thing (id bigint)')
  await expect(migrate(database.url, { folder })).rejects.toThrow(/^The migration 0001-table has changed since it ran/)
})

test('a portal starts on the database of a newer one that it survives, and is stopped by one that it does not', async () => {
  write('0001-table.sql', 'create table thing (id int, old int)')
  write('0002-more.sql', 'alter table thing add column more int')
  await migrate(database.url, { folder })
  rmSync(join(folder, '0002-more.sql'))
  expect(await migrate(database.url, { folder })).toEqual([])

  write('0002-more.sql', 'alter table thing add column more int')
  write('0003-less.sql', '-- survived since: 0002-more\nalter table thing drop column old')
  await migrate(database.url, { folder })
  rmSync(join(folder, '0003-less.sql'))
  expect(await migrate(database.url, { folder })).toEqual([])
  rmSync(join(folder, '0002-more.sql'))
  await expect(migrate(database.url, { folder })).rejects.toThrow(
    /^The database is newer than this portal: it has migration 0003-less/,
  )
})

test('a lock that is held for long is asked for briefly, so that others pass, and taken when it is free', async () => {
  write('0001-table.sql', 'create table thing (id int)')
  await migrate(database.url, { folder })
  write('0002-more.sql', 'alter table thing add column more int')
  await client.query('begin; select from thing')
  await expect(migrate(database.url, { folder, patience: 0 })).rejects.toThrow(
    /^The migration 0002-more needs a lock that another connection holds for long. Nothing of it was kept/,
  )
  const upgrading = migrate(database.url, { folder })
  const reader = new pg.Client({ connectionString: database.url })
  await reader.connect()
  await migrationWaits(reader)
  await reader.query('select from thing').finally(() => reader.end()) // stands behind the migration, until that gives way
  await client.query('commit')
  expect(await upgrading).toEqual(['0002-more'])
})

/** Asked outside of a transaction, in which the list of connections does not change. */
async function migrationWaits(asking: pg.Client): Promise<void> {
  const waiting = `select from pg_stat_activity where application_name = 'fettle-migrate' and wait_event_type = 'Lock' and datname = current_database()`
  while ((await asking.query(waiting)).rowCount === 0);
}

test('an index is built while others write, outside of a transaction', async () => {
  write('0001-table.sql', 'create table thing (id int)')
  write(
    '0002-index.sql',
    '-- outside of a transaction\n-- Things are looked up by id.\ndrop index concurrently if exists thing_id;\ncreate index concurrently thing_id on thing (id);\n',
  )
  const runs = await Promise.all([migrate(database.url, { folder }), migrate(database.url, { folder })])
  expect(runs.flat()).toEqual(['0001-table', '0002-index'])
  expect((await client.query(`select indisvalid from pg_index where indexrelid = 'thing_id'::regclass`)).rows).toEqual([
    { indisvalid: true },
  ])
})

test('a database is made as it was at an earlier version', async () => {
  write('0001-table.sql', 'create table thing (id int)')
  await migrate(database.url, { folder })
  const upTo = (await client.query('select name, checksum from migration')).rows
  await client.query('drop schema public cascade; create schema public')
  write('0002-more.sql', 'alter table thing add column more int')
  expect(await migrate(database.url, { folder, upTo })).toEqual(['0001-table'])
  await expect(migrate(database.url, { folder, upTo: [{ name: '0009-unknown', checksum: '' }] })).rejects.toThrow(
    /it has migration 0009-unknown/,
  )
})

test('a database that is not there, a wrong password and a user without rights are each said in one sentence', async () => {
  const start = (change: Partial<Pick<URL, 'pathname' | 'username' | 'password'>>) =>
    migrate(Object.assign(new URL(database.url), change).href, { folder })
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
  const start = migrate('postgres://nobody:secret@127.0.0.1:1/none', { folder })
  await expect(start).rejects.toThrow(StartFailure)
  await expect(start).rejects.toThrow('The database does not answer (ECONNREFUSED): check DATABASE_URL and that the server runs.')
})
