import { createHash, randomBytes } from 'node:crypto'
import type { LocalizedText } from '#platform/core'
import type { Account, ConfirmationRequest, Confirmed, Platform } from '#platform/server'
import { approvalHours, type ConfirmationNeeded, confirmationMinutes, type Proof } from '../core/index.ts'
import { askSecondPerson, eligible } from './approvals.ts'
import { openWords, sealWords } from './confirmation-words.ts'
import { confirmationMissing, confirmationOutdated } from './failures.ts'
import { methodsOf, prove } from './prove.ts'
import type { AccountTables } from './tables.ts'

/**
 * Spends the token of a second confirmation in the ambient transaction: right account, session, operation and request, fresh,
 * unused, approved where a second person is due. Throws confirmation-needed, which says how to get one, otherwise.
 */
export async function spendConfirmation(platform: Platform, request: ConfirmationRequest): Promise<Confirmed> {
  const row = request.token === undefined ? undefined : await findSpendable(platform, request, request.token)
  if (!row) throw confirmationMissing(await describe(platform, request))
  await platform.database
    .db<AccountTables>()
    .updateTable('confirmation')
    .set({ status: 'used', used_at: platform.now() })
    .where('id', '=', row.id)
    .execute()
  const { reason } = await openWords(platform, row)
  const secondPerson = row.second_permission === null ? 'not-needed' : row.alone ? 'nobody-else' : 'approved'
  await platform.audit.write({
    action: 'confirmation.used',
    target: { kind: request.operation, id: request.target },
    facts: { method: row.method, secondPerson, ...(row.approver_id ? { approvedBy: row.approver_id } : {}) },
    reason,
  })
  return { reason, secondDue: row.second_permission !== null, approvedBy: row.approver_id }
}

async function findSpendable(platform: Platform, request: ConfirmationRequest, token: string) {
  const row = await platform.database
    .db<AccountTables>()
    .selectFrom('confirmation')
    .selectAll()
    .where('token_hash', '=', hashToken(token))
    .where('account_id', '=', request.account.id)
    .where('session_id', '=', request.account.sessionId)
    .where('operation', '=', request.operation)
    .where('target', '=', request.target)
    .where('request_hash', '=', request.requestHash)
    .where('status', 'in', ['ready', 'approved'])
    .forUpdate()
    .executeTakeFirst()
  if (!row || (row.second_permission ?? undefined) !== request.second) return undefined
  return freshUntil(row) > platform.now() ? row : undefined
}

interface Confirmation {
  account: Account
  /** what the problem confirmation-needed handed out */
  request: string
  proof: Proof
  reason: string
}

/** Takes the proof and the reason for what was asked; answers the token, or that a second person has to approve first. */
export async function confirm(platform: Platform, { account, request, proof, reason }: Confirmation) {
  const asked = await openRequest(platform, account, request)
  try {
    await prove(platform, account.id, proof)
  } catch (error) {
    await platform.audit.refuse({ action: 'confirmation.refused', target: { kind: asked.operation, id: asked.target }, reason })
    throw error
  }
  const token = randomBytes(24).toString('base64url')
  const fresh = { session_id: account.sessionId, token_hash: hashToken(token), proved_at: platform.now(), method: proof.method }
  return platform.database.transaction(async () => {
    const known = await findEarlier(platform, account, asked)
    const row = known ? { ...known, ...fresh } : await insert(platform, account, asked, reason, fresh)
    if (known)
      await platform.database.db<AccountTables>().updateTable('confirmation').set(fresh).where('id', '=', known.id).execute()
    return { id: row.id, token, status: row.status as 'ready' | 'waiting' | 'approved', expiresAt: expiry(row).toISOString() }
  })
}

type Fresh = Pick<AccountTables['confirmation'], 'session_id' | 'token_hash' | 'proved_at' | 'method'>

async function insert(platform: Platform, account: Account, asked: Asked, reason: string, fresh: Fresh) {
  const others = asked.second === undefined ? [] : await eligible(platform, asked.second, account.id)
  const row: AccountTables['confirmation'] = {
    id: platform.newId(),
    account_id: account.id,
    operation: asked.operation,
    target: asked.target,
    request_hash: asked.requestHash,
    words: await sealWords(platform, account.id, { what: asked.what, reason }),
    ...fresh,
    second_permission: asked.second ?? null,
    alone: asked.second !== undefined && others.length === 0,
    status: others.length > 0 ? 'waiting' : 'ready',
    approver_id: null,
    decided_at: null,
    used_at: null,
    created_at: platform.now(),
  }
  await platform.database.db<AccountTables>().insertInto('confirmation').values(row).execute()
  if (others.length > 0) await askSecondPerson(platform, { id: row.id, what: asked.what, askedBy: account.name, others })
  return row
}

/** Throws away what nobody can use or decide any more; the audit log keeps what was done. */
export async function clearOldConfirmations(platform: Platform): Promise<void> {
  const old = new Date(platform.now().getTime() - 30 * 24 * 60 * 60_000)
  await platform.database.db<AccountTables>().deleteFrom('confirmation').where('created_at', '<', old).execute()
}

const requestContext = 'confirmation.request'
const requestMinutes = 15

interface Asked extends Pick<ConfirmationRequest, 'operation' | 'target' | 'requestHash' | 'second'> {
  what: LocalizedText
}

/** What confirmation-needed says. The request travels sealed through the browser: nothing is kept until somebody confirms. */
async function describe(platform: Platform, request: ConfirmationRequest): Promise<ConfirmationNeeded> {
  const { operation, target, requestHash, second, what, account, language } = request
  const asked: Asked = { operation, target, requestHash, what, ...(second === undefined ? {} : { second }) }
  const until = platform.now().getTime() + requestMinutes * 60_000
  const others = second === undefined ? [] : await eligible(platform, second, account.id)
  const earlier = await findEarlier(platform, account, asked)
  return {
    request: await platform.vault.seal(JSON.stringify({ asked, until, session: account.sessionId }), requestContext),
    operation,
    target,
    what: what[language],
    methods: await methodsOf(platform, account.id),
    secondPerson: second === undefined ? 'not-needed' : others.length > 0 ? 'needed' : 'nobody-else',
    earlier: (earlier?.status as ConfirmationNeeded['earlier'] | undefined) ?? null,
  }
}

/** Throws confirmation-outdated for what this session was not asked, or too long ago. */
async function openRequest(platform: Platform, account: Account, sealed: string): Promise<Asked> {
  const text = await platform.vault.open(sealed, requestContext).catch(() => null)
  if (text === null) throw confirmationOutdated()
  const { asked, until, session } = JSON.parse(text) as { asked: Asked; until: number; session: string }
  if (session !== account.sessionId || until < platform.now().getTime()) throw confirmationOutdated()
  return asked
}

/** The same request of the same person that a second person has been asked about within the day. */
async function findEarlier(platform: Platform, account: Account, { operation, requestHash }: Asked) {
  return platform.database
    .db<AccountTables>()
    .selectFrom('confirmation')
    .selectAll()
    .where('account_id', '=', account.id)
    .where('operation', '=', operation)
    .where('request_hash', '=', requestHash)
    .where('status', 'in', ['waiting', 'approved'])
    .where('created_at', '>', new Date(platform.now().getTime() - approvalHours * 60 * 60_000))
    .forUpdate()
    .executeTakeFirst()
}

type Row = Pick<AccountTables['confirmation'], 'proved_at' | 'decided_at' | 'created_at' | 'status'>

const freshUntil = ({ proved_at, decided_at }: Row): Date =>
  new Date(Math.max(proved_at.getTime(), decided_at?.getTime() ?? 0) + confirmationMinutes * 60_000)

const expiry = (row: Row): Date =>
  row.status === 'waiting' ? new Date(row.created_at.getTime() + approvalHours * 60 * 60_000) : freshUntil(row)

const hashToken = (token: string): string => createHash('sha256').update(token).digest('base64url')
