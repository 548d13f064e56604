import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'
import { to as copyTo } from 'pg-copy-streams'
import { readMigrationsDone } from '../migrate.ts'
import type { Manifest } from './manifest.ts'
import { type Part, writePart } from './parts.ts'
import { quoteAll, quoteTable, readAuditHead, type StoredTable, storedTables, tableFacts } from './table-facts.ts'

/**
 * The rows of every table as COPY writes them, in one snapshot; the schema is made by the migrations named in the manifest.
 * Needs no more rights than reading. Of the job library its own records are left out: its version, statistics and warnings.
 */
export async function makeLogicalBackup(
  url: string,
  folder: string,
  secret: string | null,
): Promise<Required<Pick<Manifest, 'tables' | 'parts' | 'sequences' | 'migrations' | 'auditHead'>>> {
  const client = new pg.Client({ connectionString: url, application_name: 'fettle-backup' })
  client.on('error', () => {}) // told by the statement that fails
  await client.connect()
  try {
    await client.query('begin isolation level repeatable read read only')
    const stored = (await storedTables(client)).filter(({ table }) => belongs(table))
    const tables = await tableFacts(client, stored)
    await mkdir(join(folder, 'tables'), { mode: 0o700 })
    const parts: Part[] = []
    for (const table of stored) {
      const rows = client.query(copyTo(`copy (select ${quoteAll(table.columns)} from ${quoteTable(table.table)}) to stdout`))
      parts.push(await writePart(folder, partOf(table), rows, secret))
    }
    const [migrations, auditHead] = [await readMigrationsDone(client), await readAuditHead(client)]
    return { migrations, auditHead, tables, parts, sequences: await readSequences(client) }
  } finally {
    await client.end()
  }
}

export const partOf = ({ table }: Pick<StoredTable, 'table'>): string => `tables/${table}.copy.zst`

/** `migration` is written by the migrations themselves. */
const belongs = (table: string) =>
  table !== 'public.migration' &&
  (!table.startsWith('job.') ||
    ['job.queue', 'job.schedule', 'job.job', 'job.job_dependency', 'job.subscription'].includes(table))

async function readSequences(client: pg.Client): Promise<NonNullable<Manifest['sequences']>> {
  const { rows } = await client.query<{ sequence: string }>(`
    select n.nspname || '.' || c.relname as sequence from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind = 'S' and n.nspname = 'public' order by 1`)
  const sequences: NonNullable<Manifest['sequences']> = {}
  for (const { sequence } of rows) {
    const { rows: values } = await client.query<{ last: string; called: boolean }>(
      `select last_value::text as last, is_called as called from ${quoteTable(sequence)}`,
    )
    sequences[sequence] = { lastValue: values[0]!.last, isCalled: values[0]!.called }
  }
  return sequences
}
