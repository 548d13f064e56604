import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'
import { StartFailure } from './start-failure.ts'

/** The portal's own migrations. */
export const migrationsFolder: string = join(import.meta.dirname, '../../../migrations')

interface Migration {
  /** '0001-platform' */
  name: string
  sql: string
  checksum: string
}

/**
 * Brings the database up to the files in `folder`, in their order, each in a transaction of its own, under a lock that lets
 * several portal processes start at once. Returns the names of those it ran.
 * Throws StartFailure where the server is too old, a file that ran has changed since, or the database is newer than the files.
 */
export async function migrate(url: string, folder: string = migrationsFolder): Promise<string[]> {
  const files = await readMigrations(folder)
  const client = new pg.Client({
    connectionString: url,
    application_name: 'fettle-migrate',
    connectionTimeoutMillis: 15_000,
  })
  client.on('error', () => {}) // told by the statement that fails
  await client.connect().catch(error => {
    throw new StartFailure(whyNotConnected(error))
  })
  try {
    await checkServer(client)
    await client.query(`select pg_advisory_lock(hashtext('fettle-migrate'))`)
    await client.query(historyTable).catch(error => {
      if (!['42501', '3F000'].includes(error.code)) throw error
      throw new StartFailure(
        `The database user may not create tables (${error.message}): make him the owner of the database named in DATABASE_URL.`,
      )
    })
    const { rows: done } = await client.query<{ name: string; checksum: string }>(
      'select name, checksum from migration order by name',
    )
    checkHistory(files, done)
    const missing = files.filter(file => !done.some(({ name }) => name === file.name))
    for (const migration of missing) await run(client, migration)
    return missing.map(({ name }) => name)
  } finally {
    await client.end()
  }
}

const historyTable =
  'create table if not exists migration (name text primary key, checksum text not null, at timestamptz not null default now())'

function whyNotConnected({ code, message }: { code?: string; message: string }): string {
  if (code === '3D000') return `DATABASE_URL: the ${message}. Create it first, or name one that exists.`
  if (code === '28P01' || code === '28000')
    return 'DATABASE_URL: the server refuses this user and password. Correct them, or let the server admit this user.'
  if (code === '53300') return 'The database has no connection left. Raise its max_connections, or lower DATABASE_POOL.'
  return `The database does not answer (${code ?? message}): check DATABASE_URL and that the server runs.`
}

async function readMigrations(folder: string): Promise<Migration[]> {
  const files = (await readdir(folder)).filter(file => /^\d{4}-[a-z0-9-]+\.sql$/.test(file)).sort()
  return Promise.all(
    files.map(async file => {
      const sql = (await readFile(join(folder, file), 'utf8')).replaceAll('\r\n', '\n')
      return { name: file.replace(/\.sql$/, ''), sql, checksum: createHash('sha256').update(sql).digest('hex') }
    }),
  )
}

async function checkServer(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ version: string; number: number; encoding: string }>(
    `select current_setting('server_version') as version, current_setting('server_version_num')::int as number,
            current_setting('server_encoding') as encoding`,
  )
  const { version, number, encoding } = rows[0]!
  if (number < 150_000) {
    throw new StartFailure(
      `PostgreSQL ${version} is too old: Fettle needs version 15 or newer. Name such a server in DATABASE_URL.`,
    )
  }
  if (encoding !== 'UTF8') {
    throw new StartFailure(
      `The database stores ${encoding}, and Fettle needs UTF8: create it with ENCODING 'UTF8' TEMPLATE template0.`,
    )
  }
}

function checkHistory(files: Migration[], done: { name: string; checksum: string }[]): void {
  for (const { name, checksum } of done) {
    const file = files.find(candidate => candidate.name === name)
    if (!file) {
      throw new StartFailure(
        `The database is newer than this portal: it has migration ${name}. Start the version that made it, or a newer one.`,
      )
    }
    if (file.checksum !== checksum) {
      throw new StartFailure(
        `The migration ${name} has changed since it ran: restore the file, and write the change as a new migration.`,
      )
    }
  }
}

async function run(client: pg.Client, { name, sql, checksum }: Migration): Promise<void> {
  try {
    await client.query('begin')
    await client.query(sql)
    await client.query('insert into migration (name, checksum) values ($1, $2)', [name, checksum])
    await client.query('commit')
  } catch (error) {
    await client.query('rollback').catch(() => {})
    const { message, position } = error as { message: string; position?: string }
    const line = position ? ` at line ${sql.slice(0, Number(position)).split('\n').length}` : ''
    throw new StartFailure(`The migration ${name} failed${line}: ${message}. Nothing of it was kept.`)
  }
}
