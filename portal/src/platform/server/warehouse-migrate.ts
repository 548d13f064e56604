import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { migrationsFolder } from './migrate.ts'
import { statementsFor, type WarehouseSide } from './warehouse-sql.ts'

/** What a migration asks of the server. */
export interface MigrationClient {
  query<Row>(sql: string): Promise<Row[]>
  command(sql: string): Promise<unknown>
  insert(table: string, rows: object[]): Promise<unknown>
}

/**
 * Brings the tables up to the files in migrations/warehouse, in their order. ClickHouse knows no transactions for that: a file that was
 * interrupted runs again from its beginning, so each of its statements says `if not exists` or the like. Whoever calls it sees to it
 * that no other portal does the same just now. Returns the names of those it ran.
 */
export async function migrateWarehouse(
  client: MigrationClient,
  side: WarehouseSide,
  folder: string = join(migrationsFolder, 'warehouse'),
): Promise<string[]> {
  const [{ version } = { version: '0' }] = await client.query<{ version: string }>('select version() as version')
  if (isTooOld(version))
    throw new Error(`ClickHouse ${version} is too old: Fettle needs version 24.8 or newer. Name such a server in CLICKHOUSE_URL.`)
  for (const statement of statementsFor(history, side)) await client.command(statement)
  const done = await client.query<{ name: string; checksum: string }>('select name, checksum from migration')
  const missing: string[] = []
  for (const file of (await readdir(folder)).filter(file => /^\d{4}-[a-z0-9-]+\.sql$/.test(file)).sort()) {
    const name = file.replace(/\.sql$/, '')
    const sql = (await readFile(join(folder, file), 'utf8')).replaceAll('\r\n', '\n')
    const checksum = createHash('sha256').update(sql).digest('hex')
    const before = done.find(one => one.name === name)
    if (before && before.checksum !== checksum)
      throw new Error(
        `The migration warehouse/${name} has changed since it ran: restore the file, and write the change as a new one.`,
      )
    if (before) continue
    for (const statement of statementsFor(sql, side)) await client.command(statement)
    await client.insert('migration', [{ name, checksum }])
    missing.push(name)
  }
  return missing
}

const history = `
-- spread by: cityHash64(name)
create table if not exists {{migration}} (name String, checksum String, at DateTime default now())
engine = {{engine MergeTree}} order by name settings {{durable}}`

function isTooOld(version: string): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  return major < 24 || (major === 24 && minor < 8)
}
