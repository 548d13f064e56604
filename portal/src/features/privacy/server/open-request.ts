import { createHash, randomBytes } from 'node:crypto'
import { type Language, pathIn } from '#platform/core'
import { emailDigest, mailLayout, type Platform, sealFields, translate } from '#platform/server'
import { dueAfter, type PrivacyRequest, type RequestKind } from '../core/index.ts'
import { linkExpired, requestOpen } from './problems.ts'
import type { PrivacyTables, RequestRow } from './tables.ts'

interface NewRequest {
  kind: RequestKind
  /** null: a visitor */
  accountId: string | null
  email: string
  words: string
  language: Language
  /** he has proved who he is */
  proven: boolean
}

/** Opens a request, in the ambient transaction. Answers it and, where the address is still to be proved, the token that proves it. */
export async function openRequest(platform: Platform, request: NewRequest): Promise<{ request: PrivacyRequest; token: string }> {
  const { database, vault } = platform
  const { kind, accountId, email, words, language, proven } = request
  const [now, token] = [platform.now(), randomBytes(24).toString('base64url')]
  const row = await database
    .db<PrivacyTables>()
    .insertInto('privacy_request')
    .values({
      id: platform.newId(),
      kind,
      state: 'received',
      account_id: accountId,
      ...(await sealFields(vault, 'privacy_request', { email, words })),
      email_digest: emailDigest(vault, email),
      language,
      token_hash: proven ? null : hashOf(token),
      received_at: now,
      due_at: dueAfter(now),
      closed_at: null,
      revision: 1,
    })
    .returningAll()
    .executeTakeFirstOrThrow()
  await addEntry(platform, row.id, { state: 'received', note: '', actorId: null })
  return { request: proven ? await identityChecked(platform, row.id) : presentRequest(row), token }
}

/** A signed-in person asks. One request of a kind at a time. */
export async function askForMyself(platform: Platform, request: Omit<NewRequest, 'proven'> & { accountId: string }) {
  return platform.database.transaction(async () => {
    const open = await platform.database
      .db<PrivacyTables>()
      .selectFrom('privacy_request')
      .select('id')
      .where('account_id', '=', request.accountId)
      .where('kind', '=', request.kind)
      .where('closed_at', 'is', null)
      .executeTakeFirst()
    if (open) throw requestOpen()
    return (await openRequest(platform, { ...request, proven: true })).request
  })
}

/** A visitor asks: the mail brings the link that proves the address. */
export async function askAsVisitor(platform: Platform, request: Omit<NewRequest, 'proven' | 'accountId'>): Promise<void> {
  const { email, language } = request
  await platform.database.transaction(async () => {
    const { token } = await openRequest(platform, { ...request, accountId: null, proven: false })
    const say = (key: string) => translate(language, `privacy:mail.confirm.${key}`)
    await platform.mail.send({
      to: email,
      ...mailLayout(language, {
        subject: say('subject'),
        paragraphs: [say('text')],
        action: {
          label: say('action'),
          url: new URL(pathIn(language, `/privacy?token=${token}`), platform.config.publicUrl).href,
        },
        closing: say('closing'),
      }),
    })
  })
}

const linkDays = 7

/** The reader of the mail has shown that the address is his. The token works once. */
export async function confirmRequest(platform: Platform, token: string): Promise<PrivacyRequest> {
  return platform.database.transaction(async () => {
    const row = await platform.database
      .db<PrivacyTables>()
      .updateTable('privacy_request')
      .set({ token_hash: null })
      .where('token_hash', '=', hashOf(token))
      .where('state', '=', 'received')
      .where('received_at', '>', new Date(platform.now().getTime() - linkDays * 24 * 60 * 60_000))
      .returning('id')
      .executeTakeFirst()
    if (!row) throw linkExpired()
    return identityChecked(platform, row.id)
  })
}

/** From here on the request is worked on: what can be collected by itself is. */
async function identityChecked(platform: Platform, requestId: string): Promise<PrivacyRequest> {
  const row = await platform.database
    .db<PrivacyTables>()
    .updateTable('privacy_request')
    .set(eb => ({ state: 'identity-checked', revision: eb('revision', '+', 1) }))
    .where('id', '=', requestId)
    .returningAll()
    .executeTakeFirstOrThrow()
  await addEntry(platform, requestId, { state: 'identity-checked', note: '', actorId: null })
  await platform.record('privacy.requested', { requestId })
  await platform.audit.write({
    action: 'privacy.requested',
    target: { kind: 'privacy-request', id: requestId },
    facts: { kind: row.kind },
  })
  if (row.kind === 'access' || row.kind === 'export') await platform.jobs.enqueue('privacy.collect', { requestId })
  return presentRequest(row)
}

interface Entry {
  state: PrivacyTables['privacy_request_entry']['state']
  note: string
  actorId: string | null
}

export async function addEntry(platform: Platform, requestId: string, { state, note, actorId }: Entry): Promise<void> {
  await platform.database
    .db<PrivacyTables>()
    .insertInto('privacy_request_entry')
    .values({
      id: platform.newId(),
      request_id: requestId,
      actor_id: actorId,
      state,
      ...(await sealFields(platform.vault, 'privacy_request_entry', { note })),
      at: platform.now(),
    })
    .execute()
}

export const presentRequest = (row: RequestRow): PrivacyRequest => ({
  id: row.id,
  number: row.number,
  kind: row.kind,
  state: row.state,
  receivedAt: row.received_at.toISOString(),
  dueAt: row.due_at.toISOString(),
  closedAt: row.closed_at?.toISOString() ?? null,
})

const hashOf = (token: string): string => createHash('sha256').update(token).digest('base64url')
