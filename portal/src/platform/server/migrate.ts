import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'
import { StartFailure } from './start-failure.ts'

/** The portal's own migrations. */
export const migrationsFolder: string = join(import.meta.dirname, '../../../migrations')

interface Migration {
  /** '0001-platform' */
  name: string
  sql: string
  checksum: string
  /** portals that know this migration go on with the database afterwards; null: every older one does */
  survivedSince: string | null
  /** each statement runs by itself: what takes long without blocking anybody cannot be in a transaction */
  outsideTransaction: boolean
}

export interface MigrateOptions {
  folder?: string
  /** only these, for a database that is restored as it was; default: all */
  upTo?: readonly { name: string; checksum: string }[]
  /** milliseconds for which a lock that a running portal holds is asked for again */
  patience?: number
}

/**
 * Brings the database up to the files in `folder`, in their order, each in a transaction of its own, under a lock that lets
 * several portal processes start at once. Portals of the version before work on meanwhile and afterwards. Returns the names of those
 * it ran.
 * Throws StartFailure where the server is too old, a file that ran has changed since, a lock is not to be had, or the database has
 * a migration that this version does not survive.
 */
export async function migrate(url: string, options: MigrateOptions = {}): Promise<string[]> {
  const files = await readMigrations(options.folder ?? migrationsFolder)
  const wanted = options.upTo ? chooseFiles(files, options.upTo) : files
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
    await takeTurn(client)
    await makeHistory(client).catch(error => {
      if (error.code === '25006')
        throw new StartFailure(
          'The database takes no changes: its disk is nearly full, or it is a copy of another. Make room, then start again.',
        )
      if (!['42501', '3F000'].includes(error.code)) throw error
      throw new StartFailure(
        `The database user may not create tables (${error.message}): make him the owner of the database named in DATABASE_URL.`,
      )
    })
    const done = await readHistory(client)
    checkHistory(files, done)
    const missing = wanted.filter(file => !done.some(({ name }) => name === file.name))
    for (const migration of missing) await run(client, migration, options.patience ?? 60_000)
    return missing.map(({ name }) => name)
  } finally {
    await client.end()
  }
}

/** Asks again and again: who waited inside a statement would hold a snapshot, for which an index built concurrently waits. */
async function takeTurn(client: pg.Client): Promise<void> {
  const take = async () =>
    (await client.query<{ free: boolean }>(`select pg_try_advisory_lock(hashtext('fettle-migrate')) as free`)).rows[0]!.free
  while (!(await take())) await delay(50)
}

/** Names and checksums of the migrations that ran, in their order. */
export async function readMigrationsDone(client: pg.ClientBase): Promise<{ name: string; checksum: string }[]> {
  return (await client.query<{ name: string; checksum: string }>('select name, checksum from migration order by name')).rows
}

interface Done {
  name: string
  checksum: string
  survived_since: string | null
}

async function readHistory(client: pg.Client): Promise<Done[]> {
  return (await client.query<Done>('select name, checksum, survived_since from migration order by name')).rows
}

async function makeHistory(client: pg.Client): Promise<void> {
  await client.query(
    'create table if not exists migration (name text primary key, checksum text not null, at timestamptz not null default now())',
  )
  const { rowCount } = await client.query(
    `select from pg_attribute where attrelid = 'migration'::regclass and attname = 'survived_since' and not attisdropped`,
  )
  if (rowCount === 0) await client.query('alter table migration add column survived_since text')
}

function whyNotConnected({ code, message }: { code?: string; message: string }): string {
  if (code === '3D000') return `DATABASE_URL: the ${message}. Create it first, or name one that exists.`
  if (code === '28P01' || code === '28000')
    return 'DATABASE_URL: the server refuses this user and password. Correct them, or let the server admit this user.'
  if (code === '53300') return 'The database has no connection left. Raise its max_connections, or lower DATABASE_POOL.'
  return `The database does not answer (${code ?? message}): check DATABASE_URL and that the server runs.`
}

/** Names of the migrations this program has, in their order. */
export const migrationNames = async (folder: string = migrationsFolder): Promise<string[]> =>
  (await readMigrations(folder)).map(({ name }) => name)

async function readMigrations(folder: string): Promise<Migration[]> {
  const files = (await readdir(folder)).filter(file => /^\d{4}-[a-z0-9-]+\.sql$/.test(file)).sort()
  return Promise.all(
    files.map(async file => {
      const sql = (await readFile(join(folder, file), 'utf8')).replaceAll('\r\n', '\n')
      return {
        name: file.replace(/\.sql$/, ''),
        sql,
        checksum: createHash('sha256').update(sql).digest('hex'),
        survivedSince: readSurvivedSince(sql),
        outsideTransaction: runsOutside(sql),
      }
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

/** `-- survived since: 0007-manufacturer`: the first version whose portals do not need what this migration takes away. */
export const readSurvivedSince = (sql: string): string | null => /^-- survived since: (\S+)$/m.exec(sql)?.[1] ?? null

/** `-- outside of a transaction`, for indexes that are built concurrently. */
export const runsOutside = (sql: string): boolean => /^-- outside of a transaction$/m.test(sql)

function chooseFiles(files: Migration[], upTo: NonNullable<MigrateOptions['upTo']>): Migration[] {
  checkHistory(
    files,
    upTo.map(({ name, checksum }) => ({ name, checksum, survived_since: name })),
  )
  return files.filter(file => upTo.some(({ name }) => name === file.name))
}

function checkHistory(files: Migration[], done: Done[]): void {
  for (const { name, checksum, survived_since } of done) {
    const file = files.find(candidate => candidate.name === name)
    if (!file) {
      if (survived_since === null || files.some(known => known.name === survived_since)) continue
      throw new StartFailure(
        `The database is newer than this portal: it has migration ${name}, after which this version does not work. Start the version that made it, or a newer one.`,
      )
    }
    if (file.checksum !== checksum) {
      throw new StartFailure(
        `The migration ${name} has changed since it ran: restore the file, and write the change as a new migration.`,
      )
    }
  }
}

const lockNotAvailable = '55P03'

/** Who asks for a lock stands before all who come after, so it asks briefly, and again after a pause in which the others pass. */
async function run(client: pg.Client, migration: Migration, patience: number): Promise<void> {
  const { name, sql } = migration
  for (const deadline = Date.now() + patience; ; await delay(500)) {
    try {
      await attempt(client, migration)
      return
    } catch (error) {
      await client.query('rollback').catch(() => {})
      const { code, message, position } = error as { code?: string; message: string; position?: string }
      if (code === lockNotAvailable && Date.now() < deadline) continue
      if (code === lockNotAvailable)
        throw new StartFailure(
          `The migration ${name} needs a lock that another connection holds for long. Nothing of it was kept, and running portals work on: end that connection, or start again when less goes on.`,
        )
      const line = position ? ` at line ${sql.slice(0, Number(position)).split('\n').length}` : ''
      throw new StartFailure(`The migration ${name} failed${line}: ${message}. Nothing of it was kept.`)
    }
  }
}

async function attempt(client: pg.Client, { name, sql, checksum, survivedSince, outsideTransaction }: Migration): Promise<void> {
  const note = () =>
    client.query('insert into migration (name, checksum, survived_since) values ($1, $2, $3)', [name, checksum, survivedSince])
  if (outsideTransaction) {
    for (const statement of sql.split(/;\s*$/m).filter(text => text.replace(/^--.*$/gm, '').trim() !== ''))
      await client.query(statement)
    await note()
    return
  }
  await client.query(`begin; set local lock_timeout = '1s'`)
  await client.query(sql)
  await note()
  await client.query('commit')
}
