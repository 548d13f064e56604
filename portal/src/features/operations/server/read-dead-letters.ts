import { sql } from 'kysely'
import { personNames } from '#features/accounts/server'
import { decodeCursor, encodeCursor, openJobData, openKeptMail, type Platform, type Sealed } from '#platform/server'
import { type DeadLetter, type LetterKind, withoutPersons } from '../core/index.ts'
import { reasonContext } from './set-aside.ts'

interface LetterRow {
  kind: LetterKind
  source: string
  id: string
  what: string
  /** of a mail, the mail itself, sealed: what the server said of it is in there */
  error: string | null
  attempts: number | null
  since: Date
  at: Date
  data: unknown
  aside_at: Date | null
  aside_by: string | null
  aside_reason: Sealed | null
}

interface ListQuery {
  kind?: LetterKind | undefined
  source?: string | undefined
  setAside?: 'true' | 'false' | undefined
  cursor?: string | undefined
  limit: number
}

/** What was given up, last first, and how much of it waits by where it comes from. */
export async function listDeadLetters(platform: Platform, query: ListQuery) {
  const rows = await selectLetters(platform, query)
  const shown = rows.slice(0, query.limit)
  const last = shown.at(-1)
  const names = await personNames(
    platform.database,
    shown.flatMap(({ aside_by }) => aside_by ?? []),
  )
  return {
    items: await Promise.all(shown.map(async row => toLetter(row, await openLetter(platform, row), names))),
    nextCursor: rows.length > query.limit && last ? encodeCursor({ at: last.at.toISOString(), id: last.id }) : null,
    sources: await countSources(platform),
  }
}

/** Only ids may be shown: further data of a job may tell of a person. */
const idsIn = (data: unknown): Record<string, string> =>
  Object.fromEntries(
    Object.entries(data ?? {}).filter(([name, value]) => name.endsWith('Id') && typeof value === 'string' && value.length <= 64),
  )

const allLetters = sql`
  select 'event' as kind, parked.listener as source, event.id, event.name as what, parked.error, parked.attempts,
    event.at as since, parked.parked_at as at, event.data,
    set_aside_at as aside_at, set_aside_by as aside_by, set_aside_reason as aside_reason
  from event_parked parked join event on event.id = parked.event_id
  union all
  select 'job', job.name, job.id, job.name, coalesce(job.output ->> 'message', job.output ->> 'value'), job.retry_count + 1,
    job.created_on, coalesce(job.completed_on, job.created_on), job.data, aside.at, aside.by, aside.reason
  from job.job left join job_set_aside aside on aside.job_id = job.id
  where job.state = 'failed' and job.name not like '\\_\\_%'
  union all
  select 'mail', 'mail', id, 'mail', content, null, at, at, null, set_aside_at, set_aside_by, set_aside_reason
  from caught_mail where refused`

async function selectLetters({ database }: Platform, { kind, source, setAside, cursor, limit }: ListQuery): Promise<LetterRow[]> {
  const after = cursor ? decodeCursor<{ at: string; id: string }>(cursor, { at: 'time', id: 'uuid' }) : null
  // a cursor counts milliseconds, so the order does as well
  const query = sql<LetterRow>`
    select * from (select kind, source, id, what, error, attempts, since, date_trunc('milliseconds', at) as at, data,
      aside_at, aside_by, aside_reason from (${allLetters}) as letter) as letter
    where (aside_at is not null) = ${setAside === 'true'}
      and (${kind ?? null}::text is null or kind = ${kind ?? null})
      and (${source ?? null}::text is null or source = ${source ?? null})
      and (${after?.at ?? null}::timestamptz is null or (at, id) < (${after?.at ?? null}::timestamptz, ${after?.id ?? null}::uuid))
    order by at desc, id desc
    limit ${limit + 1}`
  return (await query.execute(database.db())).rows
}

async function countSources({ background }: Platform) {
  const { listeners, queues, refusedMails } = await background.standing()
  return [
    ...listeners.map(({ name, parked }) => ({ kind: 'event' as const, source: name, count: parked })),
    ...queues.map(({ name, failed }) => ({ kind: 'job' as const, source: name, count: failed })),
    { kind: 'mail' as const, source: 'mail', count: refusedMails },
  ].filter(({ count }) => count > 0)
}

/** What of it lies sealed. */
async function openLetter({ vault }: Platform, { kind, error, data, aside_reason }: LetterRow) {
  return {
    error: (kind === 'mail' ? (await openKeptMail(vault, error as unknown as Sealed)).refusal : error) ?? '',
    data: kind === 'job' ? await openJobData(vault, data) : data,
    reason: aside_reason === null ? '' : await vault.open(aside_reason, reasonContext[kind]),
  }
}

type Opened = Awaited<ReturnType<typeof openLetter>>

function toLetter(row: LetterRow, { error, data, reason }: Opened, names: ReadonlyMap<string, string>): DeadLetter {
  const { kind, source, id, what, attempts, since, at, aside_at, aside_by } = row
  return {
    kind,
    source,
    id,
    what,
    error: withoutPersons(error).slice(0, 500),
    attempts,
    since: since.toISOString(),
    at: at.toISOString(),
    ids: idsIn(data),
    setAside: aside_at && { at: aside_at.toISOString(), by: names.get(aside_by ?? '') ?? '', reason },
  }
}

/** The oldest letters of one source that wait for a decision, and how many there are. */
export async function oldestFrom({ database }: Platform, from: { kind: LetterKind; source: string }, most: number) {
  const { rows } = await sql<{ id: string; total: number }>`
    select id, count(*) over ()::int as total from (${allLetters}) as letter
    where kind = ${from.kind} and source = ${from.source} and aside_at is null
    order by at, id limit ${most}`.execute(database.db())
  return { ids: rows.map(({ id }) => id), total: rows[0]?.total ?? 0 }
}
