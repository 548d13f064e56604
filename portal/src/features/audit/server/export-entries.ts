import { Readable } from 'node:stream'
import { sql } from 'kysely'
import type { z } from 'zod'
import type { FileAnswer } from '#platform/core'
import {
  type AuditTables,
  type ConfirmedAct,
  chainedEntry,
  exportRows,
  mediaTypes,
  type Platform,
  writeSpreadsheet,
} from '#platform/server'
import type { exportAuditEntries as contract, ExportedEntry } from '../core/index.ts'
import { matching } from './list-entries.ts'

export type ExportWish = z.output<NonNullable<typeof contract.body>>

/** What is confirmed. */
export const describeAuditExport = ({ format }: ExportWish): ConfirmedAct => ({
  target: 'audit',
  what: {
    'zh-CN': `将审计日志导出为 ${formatNames[format]}`,
    en: `Export the audit log as ${formatNames[format]}`,
  },
})

const formatNames: Record<ExportWish['format'], string> = { jsonl: 'JSON Lines', csv: 'CSV' }

/**
 * Entries of the log in the order of the chain, as they are stored: each with its hash and the one before it, so that whoever has the key
 * can check it alone. What is personal stays sealed, so that erasing somebody holds for every copy. That it was exported is an entry itself.
 */
export async function exportEntries(platform: Platform, { format, ...filters }: ExportWish, reason?: string) {
  const file = await exportRows(platform, {
    name: `audit-${platform.now().toISOString().slice(0, 10)}.${format}`,
    mediaType: format === 'csv' ? mediaTypes.csv : 'application/x-ndjson; charset=utf-8',
    topic: 'audit-exports',
    query: () => exportedRows(platform, filters),
    present: async rows => rows.map(present),
    write: format === 'csv' ? writeCsv : entries => Readable.from(lines(entries), { objectMode: false }),
  })
  await platform.audit.write({
    action: 'audit.exported',
    target: { kind: 'export', id: file.export.id },
    facts: { filters, format, entries: file.export.rows },
    ...(reason === undefined ? {} : { reason }),
  })
  return file satisfies FileAnswer
}

const exportedRows = (platform: Platform, filters: Omit<ExportWish, 'format'>) =>
  matching(platform, filters)
    .selectAll()
    .select([
      sql<string>`changes::text`.as('changes'),
      sql<string>`personal::text`.as('personal'),
      sql<Buffer | null>`(select p.hash from audit_entry p where p.position = audit_entry.position - 1)`.as('before'),
    ])
    .orderBy('position')

function present(row: AuditTables['audit_entry'] & { before: Buffer | null }): ExportedEntry {
  return {
    ...chainedEntry(row),
    position: Number(row.position),
    at: row.at.toISOString(),
    before: (row.before ?? Buffer.alloc(32)).toString('hex'),
    hash: row.hash.toString('hex'),
  }
}

async function* lines(entries: AsyncIterable<ExportedEntry>): AsyncGenerator<string> {
  for await (const entry of entries) yield `${JSON.stringify(entry)}\n`
}

const columns = [
  'position',
  'at',
  'actorKind',
  'actorId',
  'action',
  'targetKind',
  'targetId',
  'outcome',
  'requestId',
  'changes',
  'personal',
  'id',
  'before',
  'hash',
] as const satisfies (keyof ExportedEntry)[]

/** Names of the columns are those of the JSON, for programs; times are UTC, to the millisecond. */
function writeCsv(entries: AsyncIterable<ExportedEntry>): Readable {
  const titles = columns.map(title => ({ title, kind: 'text', width: 20 }) as const)
  return writeSpreadsheet({ format: 'csv', name: 'audit', columns: titles, zone: 'UTC' }, cells(entries))
}

async function* cells(entries: AsyncIterable<ExportedEntry>) {
  for await (const entry of entries) yield columns.map(column => entry[column])
}
