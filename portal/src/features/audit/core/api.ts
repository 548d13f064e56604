import { z } from 'zod'
import { endpoint, fileAnswer } from '#platform/core'

const who = z.object({
  kind: z.enum(['account', 'api-key', 'visitor', 'system']),
  /** account; null for visitors and the portal itself */
  id: z.string().nullable(),
  /** null: unknown, or erased */
  name: z.string().nullable(),
})

const auditEntry = z.object({
  /** its place in the chain, from 1 */
  position: z.number().int(),
  id: z.string(),
  /** ISO 8601, UTC */
  at: z.string(),
  actor: who,
  action: z.string(),
  target: z.object({ kind: z.string(), id: z.string() }).nullable(),
  outcome: z.enum(['done', 'refused']),
  requestId: z.string().nullable(),
  /** before, after and further facts, without personal values */
  changes: z.object({
    before: z.record(z.string(), z.unknown()).optional(),
    after: z.record(z.string(), z.unknown()).optional(),
    facts: z.record(z.string(), z.unknown()).optional(),
  }),
  /** personal values by the person they tell of; values null: he was erased, and they cannot be read any more */
  personal: z.array(
    z.object({ subjectId: z.string(), name: z.string().nullable(), values: z.record(z.string(), z.unknown()).nullable() }),
  ),
})
export type AuditEntryView = z.output<typeof auditEntry>

const filters = {
  actor: z.uuid().optional(),
  action: z.string().trim().max(100).optional(),
  /** kind of the target, with or without its id */
  targetKind: z.string().trim().max(50).optional(),
  targetId: z.string().trim().max(100).optional(),
  outcome: z.enum(['done', 'refused']).optional(),
  /** from this day on, UTC */
  from: z.iso.date().optional(),
  /** up to the end of this day, UTC */
  to: z.iso.date().optional(),
}

export const listAuditEntries = endpoint({
  id: 'audit.listAuditEntries',
  method: 'GET',
  path: '/audit',
  summary: 'The audit log, newest first. Reading it is logged',
  access: { staff: 'audit.read' },
  query: z.object({
    ...filters,
    cursor: z.string().max(500).optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
  }),
  audit: 'audit.read',
  result: z.object({ items: z.array(auditEntry), nextCursor: z.string().nullable() }),
})

export const getAuditEntry = endpoint({
  id: 'audit.getAuditEntry',
  method: 'GET',
  path: '/audit/{position}',
  summary: 'One entry by its place in the chain. Reading it is logged',
  access: { staff: 'audit.read' },
  params: z.object({ position: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER) }),
  audit: 'audit.read',
  result: auditEntry,
})

export const auditExportFormats = ['jsonl', 'csv'] as const

export const exportAuditEntries = endpoint({
  id: 'audit.exportAuditEntries',
  method: 'POST',
  path: '/audit/export',
  summary:
    'The audit log as JSON Lines or CSV, oldest first, each entry with its place and hash in the chain; what is personal stays sealed. Exporting is logged',
  access: { staff: 'audit.export' },
  body: z.strictObject({ ...filters, format: z.enum(auditExportFormats) }),
  transfers: 'download',
  confirm: true,
  idempotency: 'ignored',
  limit: 'export',
  audit: 'audit.exported',
  result: fileAnswer,
})

/** A line of such a file: what the chain's hash is made of, as it is stored. */
export const exportedEntry = z.strictObject({
  position: z.number().int(),
  id: z.string(),
  /** ISO 8601, UTC */
  at: z.iso.datetime(),
  actorKind: z.enum(['account', 'api-key', 'visitor', 'system']),
  actorId: z.string().nullable(),
  action: z.string(),
  targetKind: z.string().nullable(),
  targetId: z.string().nullable(),
  outcome: z.enum(['done', 'refused']),
  requestId: z.string().nullable(),
  /** JSON text */
  changes: z.string(),
  /** JSON text: { subject, sealed }[] */
  personal: z.string(),
  /** hash of the entry before it, and its own: hexadecimal */
  before: z.string(),
  hash: z.string(),
})
export type ExportedEntry = z.output<typeof exportedEntry>

const check = z.object({
  /** ISO 8601, UTC */
  at: z.string(),
  entries: z.number().int(),
  head: z.object({ position: z.number().int(), hash: z.string() }),
  broken: z.object({ position: z.number().int(), reason: z.enum(['changed', 'missing', 'head', 'anchor']) }).nullable(),
})
export type AuditCheck = z.output<typeof check>

export const listAuditChecks = endpoint({
  id: 'audit.listAuditChecks',
  method: 'GET',
  path: '/audit/checks',
  summary: 'The last checks of the chain, newest first; one is made every night',
  access: { staff: 'audit.read' },
  result: z.object({ items: z.array(check) }),
})

export const checkAudit = endpoint({
  id: 'audit.checkAudit',
  method: 'POST',
  path: '/audit/checks',
  summary: 'Check the whole chain now, against every end of it that an earlier check noted',
  access: { staff: 'audit.read' },
  idempotency: 'ignored',
  audit: 'audit.checked',
  status: 201,
  result: check,
})
