import { AsyncLocalStorage } from 'node:async_hooks'
import { appendToChain, type ChainedEntry } from './audit-chain.ts'
import type { Database } from './database.ts'
import type { Log } from './log.ts'
import type { Platform } from './platform.ts'
import type { Vault } from './vault.ts'

/** Who acts. api-key: an account, by a key of his. system: jobs, listeners, commands. */
export type Actor =
  | { kind: 'account'; id: string }
  | { kind: 'api-key'; id: string; keyId: string }
  | { kind: 'visitor' }
  | { kind: 'system' }

/** On whose behalf the present work is done. */
export interface Acting {
  actor: Actor
  /** remote address; null: none */
  address: string | null
  requestId: string | null
}

/** What somebody did. Ids and plain facts only, except in `personal` and `reason`. */
export interface AuditEntry {
  /** `thing.verb`, past tense: 'lead.exported', 'staff.roles-changed' */
  action: string
  target?: { kind: string; id: string }
  /** what changed, without personal values: { roles: ['sales'] } */
  before?: Record<string, unknown>
  after?: Record<string, unknown>
  /** further facts: { rows: 1200 } */
  facts?: Record<string, unknown>
  /** why, in the actor's words; kept under his key */
  reason?: string
  /** personal values, each under the key of the person it tells of, and unreadable once he has been erased */
  personal?: { subjectId: string; values: Record<string, unknown> }[]
}

/** Appends to the log of who did what. Nothing is ever changed or removed in it. Each entry is a line of the process's log too, without what is personal. */
export interface Audit {
  /** Writes the entry in the ambient transaction, as its last work; in one of its own where there is none. */
  write(entry: AuditEntry): Promise<void>
  /** Notes what was asked for and not allowed. Written at once, apart from any transaction that is rolled back. Call it outside of one. */
  refuse(entry: AuditEntry): Promise<void>
  /** Does the work on somebody's behalf: entries written in it name him. */
  acting<T>(acting: Acting, work: () => T): T
  /** On whose behalf one is working. */
  current(): Acting
  /** The actions written on this behalf so far. */
  actionsOf(acting: Acting): ReadonlySet<string>
}

interface Pending extends AuditEntry {
  id: string
  at: Date
  acting: Acting
  outcome: 'done' | 'refused'
}

const nobody: Acting = { actor: { kind: 'system' }, address: null, requestId: null }

export function createAudit(
  database: Database,
  vault: Vault,
  { now, newId, log }: Pick<Platform, 'now' | 'newId' | 'log'>,
): Audit {
  const ambient = new AsyncLocalStorage<Acting>()
  const actions = new WeakMap<Acting, Set<string>>()
  const current = () => ambient.getStore() ?? nobody
  const finish = async (entries: Pending[]) => appendToChain(database, vault.auditKey, await seal(vault, entries))
  const write = (entry: AuditEntry, outcome: Pending['outcome']) =>
    database.transaction(async () => {
      const acting = current()
      actions.get(acting)?.add(entry.action)
      const pending = { ...entry, outcome, id: newId(), at: now(), acting }
      database.beforeCommit(finish, pending)
      database.afterCommit(() => tell(log, pending))
    })
  return {
    write: entry => write(entry, 'done'),
    async refuse(entry) {
      if (database.inTransaction()) throw new Error(`The refusal of ${entry.action} would be rolled back with its transaction`)
      await write(entry, 'refused')
    },
    acting(acting, work) {
      actions.set(acting, new Set())
      return ambient.run(acting, work)
    },
    current,
    actionsOf: acting => actions.get(acting) ?? new Set(),
  }
}

/** The entry for whoever watches the process's log, once it is kept. */
function tell(log: Log, { id, acting: { actor, requestId }, action, outcome, target, facts }: Pending): void {
  const line = {
    entry: id,
    requestId,
    actor: actor.kind,
    account: 'id' in actor ? actor.id : null,
    action,
    outcome,
    target: target ? `${target.kind} ${target.id}` : null,
    facts,
  }
  if (outcome === 'refused') log.warn(line, 'audit')
  else log.info(line, 'audit')
}

/** Where personal values of the log are sealed for. */
export const auditContext = 'audit_entry.personal'

/**
 * The entries as they are stored. Keys are taken in the order of their subjects, since a key that is new is locked until the commit:
 * two transactions that know the same people must not wait for each other.
 */
async function seal(vault: Vault, entries: Pending[]): Promise<ChainedEntry[]> {
  const parts = entries.flatMap((entry, index) => personalParts(entry).map(part => ({ index, ...part })))
  const sealed = entries.map(() => [] as { subject: string; sealed: string }[])
  for (const { index, subjectId, values } of parts.toSorted((a, b) => (a.subjectId < b.subjectId ? -1 : 1))) {
    const text = await vault.sealFor(subjectId, JSON.stringify(values), auditContext)
    if (text !== null) sealed[index]!.push({ subject: subjectId, sealed: text })
  }
  return entries.map(({ id, at, acting, action, target, outcome, before, after, facts }, index) => ({
    id,
    at,
    actorKind: acting.actor.kind,
    actorId: 'id' in acting.actor ? acting.actor.id : null,
    action,
    targetKind: target?.kind ?? null,
    targetId: target?.id ?? null,
    outcome,
    requestId: acting.requestId,
    changes: JSON.stringify({
      before,
      after,
      facts: acting.actor.kind === 'api-key' ? { ...facts, apiKey: acting.actor.keyId } : facts,
    }),
    personal: JSON.stringify(sealed[index]),
  }))
}

/** Address and reason belong to who acts; a visitor has no key of his own, so the entry's id stands for him. */
function personalParts({ id, acting, reason, personal = [] }: Pending) {
  const { actor, address } = acting
  const own = { ...(address === null ? {} : { address }), ...(reason === undefined ? {} : { reason }) }
  const subjectId = 'id' in actor ? actor.id : id
  return Object.keys(own).length > 0 ? [{ subjectId, values: own }, ...personal] : personal
}
