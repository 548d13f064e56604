import { sql } from 'kysely'
import { keyedHash } from './cipher.ts'
import type { Database } from './database.ts'

/** An entry of the audit log as it is stored, before it has its place. */
export interface ChainedEntry {
  /** UUID */
  id: string
  at: Date
  actorKind: 'account' | 'api-key' | 'visitor' | 'system'
  actorId: string | null
  action: string
  targetKind: string | null
  targetId: string | null
  outcome: 'done' | 'refused'
  requestId: string | null
  /** JSON text: { before, after, facts } */
  changes: string
  /** JSON text: { subject, sealed }[] */
  personal: string
}

export interface AuditTables {
  audit_entry: {
    position: number
    id: string
    at: Date
    actor_kind: ChainedEntry['actorKind']
    actor_id: string | null
    action: string
    target_kind: string | null
    target_id: string | null
    outcome: ChainedEntry['outcome']
    request_id: string | null
    changes: string
    personal: string
    hash: Buffer
  }
  audit_head: { only_one: boolean; position: number; hash: Buffer }
}

/**
 * Adds entries at the end of the chain, in the ambient transaction. The end is locked until the commit, so entries stand in the
 * order of commits; call it last, when every other lock is held.
 */
export async function appendToChain(database: Database, key: Buffer, entries: ChainedEntry[]): Promise<void> {
  const db = database.db<AuditTables>()
  let { position, hash } = await db.selectFrom('audit_head').select(['position', 'hash']).forUpdate().executeTakeFirstOrThrow()
  for (const entry of entries) {
    position++
    hash = hashOf(key, hash, position, entry)
    await db
      .insertInto('audit_entry')
      .values({
        position,
        id: entry.id,
        at: entry.at,
        actor_kind: entry.actorKind,
        actor_id: entry.actorId,
        action: entry.action,
        target_kind: entry.targetKind,
        target_id: entry.targetId,
        outcome: entry.outcome,
        request_id: entry.requestId,
        changes: entry.changes,
        personal: entry.personal,
        hash,
      })
      .execute()
  }
  await db.updateTable('audit_head').set({ position, hash }).execute()
}

/** HMAC over the hash before and every stored field, as a JSON array: no two different entries have the same text. */
function hashOf(key: Buffer, before: Buffer, position: number, entry: ChainedEntry): Buffer {
  const { id, at, actorKind, actorId, action, targetKind, targetId, outcome, requestId, changes, personal } = entry
  const fields = [id, at.toISOString(), actorKind, actorId, action, targetKind, targetId, outcome, requestId, changes, personal]
  return keyedHash(key, JSON.stringify([before.toString('hex'), position, ...fields]))
}

/** Whether an entry that stands outside of the database is as it was written, after the entry of the hash before. Hashes hexadecimal. */
export const holdsInChain = (key: Buffer, before: string, position: number, entry: ChainedEntry, hash: string): boolean =>
  hashOf(key, Buffer.from(before, 'hex'), position, entry).toString('hex') === hash

/** A place in the chain that was noted outside of the database. */
export interface Anchor {
  position: number
  /** hexadecimal */
  hash: string
}

export interface ChainReport {
  entries: number
  /** where the chain ends; note it elsewhere to notice later that its end was cut off */
  head: Anchor
  /** the first place where the chain breaks; null: it holds */
  broken: { position: number; reason: 'changed' | 'missing' | 'head' | 'anchor' } | null
}

const batch = 2000

/**
 * Walks the whole chain in one snapshot, 2,000 entries at a time. `anchors` are compared on the way. The chain proves that nothing in
 * it was changed, moved, or removed by anybody without its key; that its end was not cut off it proves up to the last anchor.
 */
export async function verifyChain(database: Database, key: Buffer, anchors: readonly Anchor[] = []): Promise<ChainReport> {
  const snapshot = await database.snapshot() // of its own: whoever asks may be in a transaction, as a job is
  return snapshot.reading(() => walkChain(database, key, anchors)).finally(() => snapshot.close())
}

async function walkChain(database: Database, key: Buffer, anchors: readonly Anchor[]): Promise<ChainReport> {
  const db = database.db<AuditTables>()
  const head = await db.selectFrom('audit_head').select(['position', 'hash']).executeTakeFirstOrThrow()
  const report = (position: number, broken: ChainReport['broken']): ChainReport => ({
    entries: position,
    head: { position: head.position, hash: head.hash.toString('hex') },
    broken,
  })
  const anchored = new Map(anchors.map(anchor => [anchor.position, anchor.hash]))
  let position = 0
  let hash: Buffer = Buffer.alloc(32)
  for (;;) {
    const rows = await db
      .selectFrom('audit_entry')
      .selectAll()
      .select([sql<string>`changes::text`.as('changes'), sql<string>`personal::text`.as('personal')])
      .where('position', '>', position)
      .orderBy('position')
      .limit(batch)
      .execute()
    for (const row of rows) {
      if (row.position !== position + 1) return report(position, { position: position + 1, reason: 'missing' })
      position = row.position
      hash = hashOf(key, hash, position, chainedEntry(row))
      if (!hash.equals(row.hash)) return report(position, { position, reason: 'changed' })
      const noted = anchored.get(position)
      if (noted !== undefined && noted !== hash.toString('hex')) return report(position, { position, reason: 'anchor' })
    }
    if (rows.length < batch) break
  }
  if (head.position !== position || !head.hash.equals(hash)) return report(position, { position, reason: 'head' })
  const beyond = anchors.find(anchor => anchor.position > position)
  return report(position, beyond ? { position: beyond.position, reason: 'anchor' } : null)
}

/** What the chain covers of a row. */
export const chainedEntry = (row: AuditTables['audit_entry']): ChainedEntry => ({
  id: row.id,
  at: row.at,
  actorKind: row.actor_kind,
  actorId: row.actor_id,
  action: row.action,
  targetKind: row.target_kind,
  targetId: row.target_id,
  outcome: row.outcome,
  requestId: row.request_id,
  changes: row.changes,
  personal: row.personal,
})
