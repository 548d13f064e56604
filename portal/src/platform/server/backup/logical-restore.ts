import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { prepareJobSchema } from '../jobs.ts'
import { migrate } from '../migrate.ts'
import { StartFailure } from '../start-failure.ts'
import { partOf } from './logical-backup.ts'
import type { Backup } from './manifest.ts'
import { readPart } from './parts.ts'
import { quoteAll, quoteName, quoteTable, storedTables, type TableFacts } from './table-facts.ts'

/** While it stands in a database, a restore has not ended, and no portal starts on it. */
export const unfinishedTable = 'restore_unfinished'

/**
 * Restores rows into the database at `url`: the schema as it was by the migrations the backup names, then the rows in one transaction,
 * their foreign keys checked anew at its end. What is there already is kept aside in schemas named after the moment, if `replace`, and
 * refused otherwise. Leaves the mark of an unfinished restore; whoever has done what follows takes it away by finishRestore.
 * Throws StartFailure; the database is then as it was before.
 */
export async function restoreLogical(backup: Backup, url: string, secret: string | null, replace: boolean): Promise<void> {
  const client = new pg.Client({ connectionString: url, application_name: 'fettle-restore' })
  client.on('error', () => {}) // told by the statement that fails
  await client.connect()
  try {
    await demandAlone(client)
    const aside = await clear(client, replace)
    try {
      await client.query(`create table ${unfinishedTable} (at timestamptz not null default now())`)
      await migrate(url, { upTo: backup.manifest.migrations })
      await prepareJobSchema(url)
      await fill(client, backup, secret)
    } catch (error) {
      await dropAll(client)
      if (aside) await bringBack(client, aside)
      throw error
    }
  } finally {
    await client.end()
  }
}

export async function finishRestore(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, application_name: 'fettle-restore' })
  await client.connect()
  await client.query(`drop table if exists ${unfinishedTable}`).finally(() => client.end())
}

/** Throws StartFailure where a restore into the database was interrupted. */
export async function demandFinished(pool: pg.Pool): Promise<void> {
  const { rows } = await pool.query(`select to_regclass('public.${unfinishedTable}') as mark`)
  if (rows[0].mark !== null)
    throw new StartFailure('A restore into this database was interrupted: run it again before the portal starts.')
}

async function demandAlone(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ who: string }>(`
    select distinct coalesce(nullif(application_name, ''), 'unnamed') as who from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend'
      and application_name <> 'fettle-owner'`)
  if (rows.length === 0) return
  const names = rows.map(({ who }) => who).join(', ')
  throw new StartFailure(`Others are connected to the database (${names}): stop every portal that uses it, then restore.`)
}

const schemas = ['public', 'job'] as const

async function clear(client: pg.Client, replace: boolean): Promise<string | null> {
  const { rows } = await client.query<{ mark: string | null; tables: number }>(`
    select to_regclass('public.${unfinishedTable}') as mark,
      (select count(*)::int from pg_class c join pg_namespace n on n.oid = c.relnamespace
       where n.nspname in ('public', 'job') and c.relkind in ('r', 'p')) as tables`)
  const { mark, tables } = rows[0]!
  if (mark !== null)
    await dropAll(client) // of a restore that was killed
  else if (tables > 0) {
    if (!replace)
      throw new StartFailure(
        'There are tables in the database already: name an empty one, or restore with --replace, which keeps them in schemas beside.',
      )
    const suffix = `_before_${new Date().toISOString().replace(/\D/g, '').slice(0, 14)}`
    for (const schema of schemas)
      if (await exists(client, schema)) await client.query(`alter schema ${schema} rename to ${quoteName(schema + suffix)}`)
    await client.query('create schema public')
    return suffix
  }
  return null
}

async function exists(client: pg.Client, schema: string): Promise<boolean> {
  return (await client.query('select from pg_namespace where nspname = $1', [schema])).rowCount === 1
}

async function dropAll(client: pg.Client): Promise<void> {
  await client.query('drop schema if exists job cascade; drop schema if exists public cascade; create schema public')
}

async function bringBack(client: pg.Client, suffix: string): Promise<void> {
  await client.query('drop schema public')
  for (const schema of schemas)
    if (await exists(client, schema + suffix))
      await client.query(`alter schema ${quoteName(schema + suffix)} rename to ${schema}`)
}

/** All rows or none. Foreign keys go and come back, since tables name each other in circles; triggers sleep meanwhile. */
async function fill(client: pg.Client, backup: Backup, secret: string | null): Promise<void> {
  const tables = backup.manifest.tables!
  await demandColumns(client, tables)
  await client.query('begin')
  try {
    const names = tables.map(({ table }) => quoteTable(table))
    const { rows: keys } = await client.query<{ owner: string; name: string; definition: string }>(`
      select conrelid::regclass::text as owner, quote_ident(conname) as name, pg_get_constraintdef(oid) as definition
      from pg_constraint where contype = 'f' and conparentid = 0 and connamespace::regnamespace::text in ('public', 'job')`)
    for (const { owner, name } of keys) await client.query(`alter table ${owner} drop constraint ${name}`)
    for (const name of names) await client.query(`alter table ${name} disable trigger user`)
    await client.query(`truncate ${names.join(', ')}`) // rows that migrations made
    for (const table of tables) {
      const target = client.query(copyFrom(`copy ${quoteTable(table.table)} (${quoteAll(table.columns)}) from stdin`))
      await readPart(join(backup.folder, partOf(table)), secret, rows => pipeline(rows, target))
    }
    for (const name of names) await client.query(`alter table ${name} enable trigger user`)
    for (const { owner, name, definition } of keys)
      await client.query(`alter table ${owner} add constraint ${name} ${definition}`)
    for (const [sequence, { lastValue, isCalled }] of Object.entries(backup.manifest.sequences ?? {}))
      await client.query('select setval($1::regclass, $2, $3)', [quoteTable(sequence), lastValue, isCalled])
    await client.query('commit')
    await client.query('analyze')
  } catch (error) {
    await client.query('rollback')
    throw error
  }
}

async function demandColumns(client: pg.Client, tables: TableFacts[]): Promise<void> {
  const present = new Map((await storedTables(client)).map(({ table, columns }) => [table, columns]))
  for (const { table, columns } of tables) {
    const lacking = columns.filter(column => !present.get(table)?.includes(column))
    if (lacking.length > 0)
      throw new StartFailure(
        `The backup has ${table} (${lacking.join(', ')}), which this version does not know: restore with the version that made it, then upgrade.`,
      )
  }
}
