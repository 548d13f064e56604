import { type Language, pathIn } from '#platform/core'
import { type ConfirmedAct, changedMeanwhile, mailLayout, notFound, type Platform, translate } from '#platform/server'
import { eraseAlone, mayMoveRequest, type RequestState, requestTransitions } from '../core/index.ts'
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
  /** the revision he saw */
  revision: string
}

/** What is confirmed: an erasure that is to be carried out, by two where somebody erases more people in a day than he may alone. */
export async function describeMove(
  platform: Platform,
  { requestId, to, actorId }: Pick<Move, 'requestId' | 'to' | 'actorId'>,
): Promise<ConfirmedAct | null> {
  const row = await find(platform, requestId)
  if (to !== 'done' || row.kind !== 'erasure') return null
  demandMove(row, to)
  await erasableSubject(platform, row)
  const said = (language: Language) => translate(language, 'privacy:console.eraseWhat', { number: row.number })
  return {
    target: row.id,
    what: { 'zh-CN': said('zh-CN'), en: said('en') }, // without the address, which the erasure would not find there
    ...((await erasedWithinADay(platform, actorId)) >= eraseAlone ? { second: 'privacy.manage' } : {}),
  }
}

/** Moves a request along its table. An erasure that is done is carried out. */
export async function moveRequest(platform: Platform, { requestId, to, note, actorId, revision }: Move): Promise<void> {
  await platform.database.transaction(async () => {
    const row = await find(platform, requestId, true)
    if (String(row.revision) !== revision) throw changedMeanwhile()
    demandMove(row, to)
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

function demandMove(row: RequestRow, to: RequestState): void {
  if (!mayMoveRequest(row.state, to)) throw refusedMove(row.state, to, requestTransitions[row.state])
}

async function erasableSubject(platform: Platform, row: RequestRow) {
  const subject = await subjectOf(platform, row)
  if (subject.kind === 'staff') throw staffNotErased()
  return subject
}

async function erasedWithinADay({ database, now }: Platform, actorId: string): Promise<number> {
  const { erased } = await database
    .db<PrivacyTables>()
    .selectFrom('privacy_request_entry as e')
    .innerJoin('privacy_request as r', 'r.id', 'e.request_id')
    .select(eb => eb.cast<number>(eb.fn.countAll(), 'integer').as('erased'))
    .where('e.actor_id', '=', actorId)
    .where('e.state', '=', 'done')
    .where('r.kind', '=', 'erasure')
    .where('e.at', '>', new Date(now().getTime() - 24 * 60 * 60_000))
    .executeTakeFirstOrThrow()
  return erased
}

async function erase(platform: Platform, row: RequestRow, { note, actorId }: { note: string; actorId: string }): Promise<void> {
  const subject = await erasableSubject(platform, row)
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
  const language = platform.languages.writtenIn(row.language)
  const say = (key: string) => translate(language, `privacy:mail.${state}.${key}`, { number: row.number })
  await platform.mail.send({
    to: await platform.vault.open(row.email!, 'privacy_request.email'),
    ...mailLayout(language, {
      subject: say('subject'),
      paragraphs: [say('text'), ...(note ? [note] : [])],
      action: { label: say('action'), url: new URL(pathIn(language, '/privacy'), platform.config.publicUrl).href },
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
