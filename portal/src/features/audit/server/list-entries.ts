import type { z } from 'zod'
import { personNames } from '#features/accounts/server'
import { type AuditTables, auditContext, decodeCursor, encodeCursor, notFound, type Platform } from '#platform/server'
import type { listAuditEntries as contract } from '../core/api.ts'
import type { AuditEntryView } from '../core/index.ts'

export type AuditQuery = z.output<NonNullable<typeof contract.query>>

/** One page of the log, newest first. That it was read, and by what question, is an entry itself. */
export async function listEntries(platform: Platform, query: AuditQuery) {
  const { cursor, limit, ...filters } = query
  return platform.database.transaction(async () => {
    const before = cursor ? decodeCursor<{ position: number }>(cursor, { position: 'number' }).position : null
    const rows = await matching(platform, filters)
      .selectAll()
      .$if(before !== null, rest => rest.where('position', '<', before!))
      .orderBy('position', 'desc')
      .limit(limit + 1)
      .execute()
    const shown = rows.slice(0, limit)
    await platform.audit.write({ action: 'audit.read', facts: { filters, entries: shown.length } })
    const last = shown.at(-1)
    return {
      items: await present(platform, shown),
      nextCursor: rows.length > limit && last ? encodeCursor({ position: last.position }) : null,
    }
  })
}

/** One entry; that it was read is an entry itself. */
export async function readEntry(platform: Platform, position: number): Promise<AuditEntryView> {
  return platform.database.transaction(async () => {
    const row = await matching(platform, {}).selectAll().where('position', '=', position).executeTakeFirst()
    if (!row) throw notFound({ 'zh-CN': '审计记录', en: 'entry of the audit log' })
    await platform.audit.write({ action: 'audit.read', facts: { position } })
    return (await present(platform, [row]))[0]!
  })
}

type Filters = Omit<AuditQuery, 'cursor' | 'limit'>

export function matching({ database }: Platform, { actor, action, targetKind, targetId, outcome, from, to }: Filters) {
  let query = database.db<AuditTables>().selectFrom('audit_entry')
  if (actor) query = query.where('actor_id', '=', actor)
  if (action) query = query.where('action', '=', action)
  if (targetKind) query = query.where('target_kind', '=', targetKind)
  if (targetId) query = query.where('target_id', '=', targetId)
  if (outcome) query = query.where('outcome', '=', outcome)
  if (from) query = query.where('at', '>=', new Date(`${from}T00:00:00Z`))
  if (to) query = query.where('at', '<', new Date(Date.parse(`${to}T00:00:00Z`) + 24 * 60 * 60_000))
  return query
}

/** A page reads at most some hundred keys of people; each is opened once. */
async function present(platform: Platform, rows: AuditTables['audit_entry'][]): Promise<AuditEntryView[]> {
  const sealedIn = (row: AuditTables['audit_entry']) => row.personal as unknown as { subject: string; sealed: string }[]
  const people = rows.flatMap(row => [row.actor_id ?? [], ...sealedIn(row).map(({ subject }) => subject)].flat())
  const names = await personNames(platform.database, [...new Set(people)])
  const open = async (subject: string, sealed: string) => {
    const text = await platform.vault.openFor(subject, sealed, auditContext)
    return text === null ? null : (JSON.parse(text) as Record<string, unknown>)
  }
  const entries: AuditEntryView[] = []
  for (const row of rows) {
    const personal: AuditEntryView['personal'] = []
    for (const { subject, sealed } of sealedIn(row))
      personal.push({ subjectId: subject, name: names.get(subject) ?? null, values: await open(subject, sealed) })
    entries.push({
      position: row.position,
      id: row.id,
      at: row.at.toISOString(),
      actor: { kind: row.actor_kind, id: row.actor_id, name: (row.actor_id && names.get(row.actor_id)) ?? null },
      action: row.action,
      target: row.target_kind && row.target_id ? { kind: row.target_kind, id: row.target_id } : null,
      outcome: row.outcome,
      requestId: row.request_id,
      changes: row.changes as unknown as AuditEntryView['changes'],
      personal,
    })
  }
  return entries
}
