import type { Proof } from '#features/accounts/core'
import { prove } from '#features/accounts/server'
import { pathIn } from '#platform/core'
import { changedMeanwhile, invalid, mailLayout, notFound, type Platform, translate } from '#platform/server'
import { mayMoveRequest, type RequestState, requestTransitions } from '../core/index.ts'
import { erasePerson } from './erase-person.ts'
import { addEntry } from './open-request.ts'
import { refusedMove, staffNotErased } from './problems.ts'
import { subjectOf } from './subject.ts'
import type { PrivacyTables, RequestRow } from './tables.ts'

interface Move {
  requestId: string
  to: RequestState
  note: string
  /** the colleague who does it */
  actorId: string
  /** demanded for an erasure */
  proof: Proof | undefined
  /** the revision he saw */
  revision: string
}

/** Moves a request along its table. An erasure that is done is carried out, by who proves that it is him. */
export async function moveRequest(platform: Platform, { requestId, to, note, actorId, proof, revision }: Move): Promise<void> {
  const { database } = platform
  if (to === 'done' && (await find(platform, requestId)).kind === 'erasure') {
    if (!proof) throw proofMissing()
    await prove(platform, actorId, proof)
  }
  await database.transaction(async () => {
    const row = await find(platform, requestId, true)
    if (String(row.revision) !== revision) throw changedMeanwhile()
    if (!mayMoveRequest(row.state, to)) throw refusedMove(row.state, to, requestTransitions[row.state])
    await platform.audit.write({
      action: 'privacy.request-moved',
      target: { kind: 'privacy-request', id: requestId },
      before: { state: row.state },
      after: { state: to },
    })
    if (to === 'done' && row.kind === 'erasure') return erase(platform, row, { note, actorId })
    if (to === 'done' || to === 'refused') return closeRequest(platform, row, { state: to, note, actorId })
    await step(platform, row.id, to)
    await addEntry(platform, row.id, { state: to, note, actorId })
  })
}

const proofMissing = () =>
  invalid([
    {
      field: '/proof',
      message: { 'zh-CN': '删除前需要再次确认身份。', en: 'An erasure needs a proof of who does it.' },
      remedy: { 'zh-CN': '请填写密码或验证码。', en: 'Give your password or a code.' },
    },
  ])

async function erase(platform: Platform, row: RequestRow, { note, actorId }: { note: string; actorId: string }): Promise<void> {
  const subject = await subjectOf(platform, row)
  if (subject.kind === 'staff') throw staffNotErased()
  await closeRequest(platform, row, { state: 'done', note, actorId }) // first: the mail still knows his address
  await erasePerson(platform, row.id, subject)
}

/** Closes a request and tells whoever asked. Needs the ambient transaction. */
export async function closeRequest(
  platform: Platform,
  row: RequestRow,
  { state, note, actorId }: { state: 'done' | 'refused'; note: string; actorId: string | null },
): Promise<void> {
  await step(platform, row.id, state, platform.now())
  await addEntry(platform, row.id, { state, note, actorId })
  await platform.record('privacy.request-closed', { requestId: row.id, state })
  const told = actorId !== null && row.email !== null
  if (!told) return
  const say = (key: string) => translate(row.language, `privacy:mail.${state}.${key}`, { number: row.number })
  await platform.mail.send({
    to: await platform.vault.open(row.email!, 'privacy_request.email'),
    ...mailLayout(row.language, {
      subject: say('subject'),
      paragraphs: [say('text'), ...(note ? [note] : [])],
      action: { label: say('action'), url: new URL(pathIn(row.language, '/privacy'), platform.config.publicUrl).href },
    }),
  })
}

async function step(
  { database }: Platform,
  requestId: string,
  state: RequestState,
  closed_at: Date | null = null,
): Promise<void> {
  await database
    .db<PrivacyTables>()
    .updateTable('privacy_request')
    .set(eb => ({ state, closed_at, revision: eb('revision', '+', 1) }))
    .where('id', '=', requestId)
    .execute()
}

async function find({ database }: Platform, requestId: string, lock = false): Promise<RequestRow> {
  const row = await database
    .db<PrivacyTables>()
    .selectFrom('privacy_request')
    .selectAll()
    .where('id', '=', requestId)
    .$if(lock, query => query.forUpdate())
    .executeTakeFirst()
  if (!row) throw notFound({ 'zh-CN': '申请', en: 'request' })
  return row
}
