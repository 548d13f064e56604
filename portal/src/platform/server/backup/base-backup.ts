import { createReadStream, existsSync } from 'node:fs'
import { type FileHandle, open, readdir, readFile, stat } from 'node:fs/promises'
import { join, sep } from 'node:path'
import pg from 'pg'
import { type Pack, pack } from 'tar-stream'
import { readMigrationsDone } from '../migrate.ts'
import { StartFailure } from '../start-failure.ts'
import type { Manifest, WalRange } from './manifest.ts'
import { type Part, writePart } from './parts.ts'
import { quietMoment } from './quiet-moment.ts'
import { readAuditHead, storedTables, type TableFacts, tableFacts } from './table-facts.ts'
import { addEntry } from './tar.ts'

export interface BaseBackup {
  parts: Part[]
  tables: TableFacts[] | null
  wal: WalRange
  migrations: Manifest['migrations']
  auditHead: Manifest['auditHead']
}

/**
 * A base backup of the running server of `postgresFolder` into `folder`, by PostgreSQL's low-level interface (its manual, 25.3.4):
 * the cluster's files as they are being written, and all of the log from the start of the copy to the moment its facts tell of.
 * Restorable without anything else; with the archive of the log, to any later time.
 */
export async function makeBaseBackup(
  url: string,
  postgresFolder: string,
  folder: string,
  name: string,
  secret: string | null,
): Promise<BaseBackup> {
  const data = join(postgresFolder, 'data')
  const client = new pg.Client({ connectionString: url, application_name: 'fettle-backup' })
  client.on('error', () => {}) // told by the statement that fails
  await client.connect()
  try {
    await demandOneFolder(client)
    // The slot keeps the log from being recycled until it is copied; it goes with this session.
    await client.query(`select pg_create_physical_replication_slot('fettle_backup_' || pg_backend_pid(), true, true)`)
    const begun = await one<{ first: string }>(client, 'select pg_walfile_name(pg_backup_start($1, fast => true)) as first', [
      name,
    ])
    const cluster = pack()
    const writing = writePart(folder, 'cluster.tar.zst', cluster, secret)
    const [label, clusterPart] = await Promise.all([copyCluster(client, cluster, data, postgresFolder), writing])

    const moment = await quietMoment(url, async locker => {
      await locker.query('select pg_create_restore_point($1)', [name])
    })
    const log = pack()
    const { last } = await one<{ last: string }>(client, 'select pg_walfile_name(pg_switch_wal()) as last')
    const segments = await segmentsBetween(join(data, 'pg_wal'), begun.first, last)
    const writingLog = writePart(folder, 'log.tar.zst', log, secret)
    const [, logPart] = await Promise.all([copyLog(log, join(data, 'pg_wal'), segments, label), writingLog])
    const { system } = await one<{ system: string }>(client, 'select system_identifier::text as system from pg_control_system()')
    const facts = moment ? await readFacts(moment.reader) : { ...(await readFew(client)), tables: null }
    return { ...facts, parts: [clusterPart, logPart], wal: { system, segments, restorePoint: moment ? name : '' } }
  } finally {
    await client.end()
  }
}

async function readFacts(reader: pg.Client) {
  try {
    return { ...(await readFew(reader)), tables: await tableFacts(reader, await storedTables(reader)) }
  } finally {
    await reader.end()
  }
}

async function readFew(client: pg.Client) {
  return { migrations: await readMigrationsDone(client), auditHead: await readAuditHead(client) }
}

async function one<Row extends pg.QueryResultRow>(client: pg.Client, text: string, values: unknown[] = []): Promise<Row> {
  return (await client.query<Row>(text, values)).rows[0]!
}

async function demandOneFolder(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ spcname: string }>(`select spcname from pg_tablespace where oid > 16383`)
  if (rows.length > 0)
    throw new StartFailure(
      `The database keeps tables outside of its folder (tablespace ${rows[0]!.spcname}): move them back first.`,
    )
}

/** All files but those that mean nothing in a copy; ends the backup and answers its label. */
async function copyCluster(client: pg.Client, target: Pack, data: string, postgresFolder: string): Promise<string> {
  const { files, folders } = await listCluster(data)
  for (const folder of folders) target.entry({ name: `data/${folder}`, type: 'directory', mode: 0o700 })
  // the control file last: it names the checkpoint that all others are at least as new as
  for (const file of [...files.filter(path => path !== controlFile), controlFile])
    await copyFile(target, join(data, file), `data/${file}`)
  const { label, map } = await one<{ label: string; map: string }>(
    client,
    'select labelfile as label, spcmapfile as map from pg_backup_stop(wait_for_archive => false)',
  )
  target.entry({ name: 'data/backup_label', mode: 0o600 }, label)
  if (map.trim() !== '') target.entry({ name: 'data/tablespace_map', mode: 0o600 }, map)
  // of the server on 127.0.0.1 only: without it nobody could ask the restored one
  target.entry({ name: 'password', mode: 0o600 }, await readFile(join(postgresFolder, 'password')))
  target.finalize()
  return label
}

const controlFile = 'global/pg_control'

/** Folders whose content the server makes anew when it starts. */
const emptied = ['pg_wal', 'pg_replslot', 'pg_dynshmem', 'pg_notify', 'pg_serial', 'pg_snapshots', 'pg_stat_tmp', 'pg_subtrans']
const leftOut =
  /^(postmaster\.(pid|opts)|backup_(label|manifest)(\.old)?|tablespace_map(\.old)?|current_logfiles(\.tmp)?|postgresql\.auto\.conf\.tmp|(recovery|standby)\.signal)$/
const leftOutAnywhere = /^(pgsql_tmp.*|pg_internal\.init.*)$/

async function listCluster(data: string): Promise<{ files: string[]; folders: string[] }> {
  const entries = await readdir(data, { recursive: true, withFileTypes: true })
  const paths = entries.map(entry => ({
    entry,
    path: join(entry.parentPath, entry.name)
      .slice(data.length + 1)
      .replaceAll(sep, '/'),
  }))
  const kept = paths.filter(({ path }) => {
    const names = path.split('/')
    return (
      !(names.length > 1 && emptied.includes(names[0]!)) && !leftOut.test(path) && !names.some(name => leftOutAnywhere.test(name))
    )
  })
  return {
    files: kept
      .filter(({ entry }) => entry.isFile())
      .map(({ path }) => path)
      .sort(),
    folders: [
      ...kept.filter(({ entry }) => entry.isDirectory()).map(({ path }) => path),
      'pg_wal/archive_status',
      'pg_wal/summaries',
    ].sort(),
  }
}

/** A file the server may drop, cut or lengthen meanwhile: what of it is not as it was when asked, the log makes good. */
async function copyFile(target: Pack, path: string, name: string): Promise<void> {
  const handle = await open(path, 'r').catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error
    return null
  })
  if (!handle) return
  try {
    const { size } = await handle.stat()
    await addEntry(target, { name, size }, exactly(handle, size))
  } finally {
    await handle.close()
  }
}

async function* exactly(handle: FileHandle, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < size; ) {
    const piece = Buffer.alloc(Math.min(1 << 20, size - at))
    const { bytesRead } = await handle.read(piece, 0, piece.length, at)
    yield bytesRead > 0 ? piece.subarray(0, bytesRead) : piece
    at += bytesRead > 0 ? bytesRead : piece.length
  }
}

async function segmentsBetween(folder: string, first: string, last: string): Promise<string[]> {
  const segments = (await readdir(folder)).filter(name => /^[0-9A-F]{24}$/.test(name) && name >= first && name <= last).sort()
  if (segments[0] !== first || segments.at(-1) !== last)
    throw new Error(`The log from ${first} to ${last} is not in ${folder}: the server recycled it`)
  return segments
}

async function copyLog(target: Pack, folder: string, segments: string[], label: string): Promise<void> {
  for (const name of segments) {
    const path = join(folder, name)
    const { size } = await stat(path)
    await addEntry(target, { name: `data/pg_wal/${name}`, size }, createReadStream(path, { highWaterMark: 1 << 20 }))
  }
  const timeline = label.match(/START TIMELINE: (\d+)/)?.[1] ?? '1'
  const history = `${Number(timeline).toString(16).toUpperCase().padStart(8, '0')}.history`
  if (existsSync(join(folder, history)))
    target.entry({ name: `data/pg_wal/${history}`, mode: 0o600 }, await readFile(join(folder, history)))
  target.finalize()
}
