import { existsSync } from 'node:fs'
import { readdir, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import pg from 'pg'
import { startPostgres } from '../postgres.ts'
import { asRoot, rootHome } from '../postgres-binaries.ts'
import { StartFailure } from '../start-failure.ts'
import { restoreBase } from './base-restore.ts'
import { checkBucket } from './bucket-files.ts'
import { finishRestore, restoreLogical } from './logical-restore.ts'
import { type Backup, type Verification, writeVerification } from './manifest.ts'
import { measureFile, readPart } from './parts.ts'
import { compareTables } from './table-facts.ts'
import { archiveReach } from './wal-archive.ts'
import { checkPooledParts, type WarehouseFacts } from './warehouse-parts.ts'

export type Check = Verification['checks'][number]

export interface VerifyOptions {
  secret: string | null
  /** for the temporary server, where this is not root */
  dataDir: string
  /** what else must hold in the restored database; it gets the address. The portal's own checks. */
  further?(url: string): Promise<Check[]>
}

/**
 * Restores a backup into an empty place with a server of its own, compares it with what was there when the backup was made, and notes
 * the result beside the manifest. Never throws for what is wrong with the backup: that is the result.
 */
export async function verifyBackup(backup: Backup, { secret, dataDir, further }: VerifyOptions): Promise<Verification> {
  const checks: Check[] = []
  const parts = await checkParts(backup)
  checks.push(parts)
  if (backup.manifest.kind === 'base') checks.push(await checkArchive(backup))
  if (parts.ok && backup.manifest.warehouse) checks.push(await checkReadings(backup, backup.manifest.warehouse))
  if (parts.ok) checks.push(...(await checkContent(backup, secret, await temporaryPlace(dataDir), further)))
  const verification = { at: new Date().toISOString(), ok: checks.every(({ ok }) => ok), checks }
  await writeVerification(backup, verification)
  return verification
}

async function checkParts({ folder, manifest: { parts } }: Backup): Promise<Check> {
  const wrong: string[] = []
  for (const { file, size, sha256 } of parts) {
    const found = await measureFile(join(folder, file)).catch(() => null)
    if (!found) wrong.push(`${file} is missing`)
    else if (found.size !== size) wrong.push(`${file} has ${found.size} bytes instead of ${size}`)
    else if (found.sha256 !== sha256) wrong.push(`${file} was changed`)
  }
  const bytes = parts.reduce((sum, { size }) => sum + size, 0)
  return result('parts', wrong, `${parts.length} whole, ${megabytes(bytes)}`)
}

async function checkReadings(backup: Backup, { parts, readings }: WarehouseFacts): Promise<Check> {
  return result('readings', await checkPooledParts(backup), `${readings} in ${parts} parts, whole`)
}

async function checkArchive(backup: Backup): Promise<Check> {
  const { names, missing, endsAt } = await archiveReach(dirname(backup.folder), backup)
  const lacking = missing.map(name => `segment ${name} of the log is missing`)
  return result(
    'archive of the log',
    lacking,
    endsAt ? `${names.length} segments without a gap, to ${endsAt}` : 'none: the backup stands alone',
  )
}

async function checkContent(
  backup: Backup,
  secret: string | null,
  place: string,
  further: VerifyOptions['further'],
): Promise<Check[]> {
  const { kind, tables, parts, files, pool } = backup.manifest
  const checks: Check[] = []
  try {
    if (kind === 'base') await restoreBase(backup, place, { kind: 'backup' }, secret, { durable: false })
    const server = await startPostgres(place, { durable: false })
    try {
      if (kind === 'logical') {
        await restoreLogical(backup, server.url, secret, false)
        await finishRestore(server.url)
      }
      checks.push({ name: 'restore', ok: true, found: 'a server runs on it' })
      checks.push(...(await withClient(server.url, client => checkTables(client, tables))))
      if (pool !== undefined) checks.push(await withClient(server.url, client => checkPool(backup, secret, client)))
      if (further) checks.push(...(await further(server.url)))
    } finally {
      await server.stop()
    }
    if (parts.some(({ file }) => file === 'files.tar.zst')) {
      await readPart(join(backup.folder, 'files.tar.zst'), secret, async content => void content.resume())
      checks.push({ name: 'files', ok: true, found: `${files.count} files, ${megabytes(files.bytes)}` })
    }
  } catch (error) {
    if (!(error instanceof StartFailure)) throw error
    checks.push({ name: 'restore', ok: false, found: error.message })
  } finally {
    await rm(place, { recursive: true, force: true })
  }
  return checks
}

async function checkTables(client: pg.Client, tables: Backup['manifest']['tables']): Promise<Check[]> {
  const differences = tables && (await compareTables(client, tables))
  const rows = tables?.reduce((sum, table) => sum + table.rows, 0)
  return [
    tables
      ? result(
          'tables',
          differences!.map(({ table, difference }) => `${table}: ${difference}`),
          `${tables.length} tables and ${rows} rows as they were`,
        )
      : { name: 'tables', ok: true, found: 'not compared: nothing was recorded, since there was no quiet moment' },
    await checkIndexes(client),
  ]
}

async function checkPool(backup: Backup, secret: string | null, client: pg.Client): Promise<Check> {
  const { count, bytes } = backup.manifest.files
  const { wrong, absent } = await checkBucket(backup, secret, client)
  const lacking = absent > 0 ? `; ${absent} more were removed from the bucket before they could be copied` : ''
  return result('files', wrong, `${count} files of the bucket, ${megabytes(bytes)}${lacking}`)
}

/** Every B-tree index against its table, by PostgreSQL's own amcheck. */
async function checkIndexes(client: pg.Client): Promise<Check> {
  const { rows: contained } = await client.query(`select from pg_available_extensions where name = 'amcheck'`)
  if (contained.length === 0) return { name: 'indexes', ok: true, found: 'not checked: amcheck is not in this PostgreSQL' }
  await client.query('create extension if not exists amcheck')
  const { rows } = await client.query<{ index: string }>(`
    select i.indexrelid::regclass::text as index
    from pg_index i join pg_class c on c.oid = i.indexrelid join pg_am a on a.oid = c.relam join pg_namespace n on n.oid = c.relnamespace
    where a.amname = 'btree' and c.relkind = 'i' and i.indisvalid and n.nspname in ('public', 'job')`)
  const wrong: string[] = []
  for (const { index } of rows) {
    await client
      .query('select bt_index_check($1::regclass, heapallindexed => true)', [index])
      .catch((error: Error) => wrong.push(`${index}: ${error.message}`))
  }
  await client.query('drop extension amcheck')
  return result('indexes', wrong, `${rows.length} lead to every row`)
}

async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, application_name: 'fettle-verify' })
  client.on('error', () => {}) // told by the statement that fails
  await client.connect()
  return work(client).finally(() => client.end())
}

/** Empty, and removed afterwards; so is what a verification that was killed has left. */
async function temporaryPlace(dataDir: string): Promise<string> {
  const home = asRoot ? rootHome : dataDir
  for (const name of existsSync(home) ? await readdir(home) : []) {
    const pid = Number(/^verify-(\d+)$/.exec(name)?.[1])
    if (pid > 0 && !isAlive(pid)) await rm(join(home, name), { recursive: true, force: true })
  }
  return join(home, `verify-${process.pid}`)
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

const result = (name: string, wrong: string[], right: string): Check => ({
  name,
  ok: wrong.length === 0,
  found: wrong.length === 0 ? right : wrong.slice(0, 5).join('; ') + (wrong.length > 5 ? `; and ${wrong.length - 5} more` : ''),
})

const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`
