import { type RawBuilder, sql } from 'kysely'
import type { Database } from './database.ts'
import { eventsByListener } from './events.ts'
import type { ServerFeature } from './feature.ts'

/** How work behind the scenes stands. Read from the database, so it is the same in every process. */
export interface Standing {
  listeners: ListenerStanding[]
  queues: QueueStanding[]
  /** mails the mail server refused and nobody has set aside */
  refusedMails: number
}

export interface ListenerStanding {
  name: string
  /** events it has still to handle */
  behind: number
  /** when the oldest of them happened */
  oldest: Date | null
  /** failed tries of the event that is next */
  attempts: number
  /** events it gave up and nobody has set aside */
  parked: number
}

export interface QueueStanding {
  name: string
  /** due now, retries too */
  waiting: number
  /** for a later time */
  scheduled: number
  active: number
  /** given up and not set aside */
  failed: number
  /** since when the one has been due that has waited longest */
  oldest: Date | null
}

/** features: whose listeners and jobs are meant */
export async function readStanding(database: Database, features: readonly ServerFeature[]): Promise<Standing> {
  const [listeners, queues, refusedMails] = await Promise.all([
    readListeners(database, eventsByListener(features)),
    readQueues(database),
    countRefusedMails(database),
  ])
  return { listeners, queues, refusedMails }
}

async function readListeners(database: Database, events: ReadonlyMap<string, readonly string[]>): Promise<ListenerStanding[]> {
  const pairs = [...events].flatMap(([listener, names]) => names.map(name => ({ listener, name })))
  if (pairs.length === 0) return []
  return rows<ListenerStanding>(
    database,
    sql`
      with heard as (select * from jsonb_to_recordset(${JSON.stringify(pairs)}::jsonb) as (listener text, name text)),
      behind as (
        select listener.name, count(*)::int as behind, min(event.at) as oldest
        from heard join event_listener listener on listener.name = heard.listener
        join event on event.name = heard.name and (event.position > listener.position or event.position is null)
        group by listener.name
      ),
      parked as (select listener as name, count(*)::int as parked from event_parked where set_aside_at is null group by listener)
      select listener.name, coalesce(behind, 0) as behind, oldest, attempts, coalesce(parked, 0) as parked
      from event_listener listener left join behind using (name) left join parked using (name)
      where listener.name in (select listener from heard)
      order by listener.name`,
  )
}

const readQueues = (database: Database) =>
  rows<QueueStanding>(
    database,
    sql`
      select queue.name,
        count(*) filter (where job.state in ('created', 'retry') and job.start_after <= now())::int as waiting,
        count(*) filter (where job.state in ('created', 'retry') and job.start_after > now())::int as scheduled,
        count(*) filter (where job.state = 'active')::int as active,
        count(*) filter (where job.state = 'failed' and aside.job_id is null)::int as failed,
        min(job.start_after) filter (where job.state in ('created', 'retry') and job.start_after <= now()) as oldest
      from job.queue
      left join job.job on job.name = queue.name and job.state <> 'completed'
      left join job_set_aside aside on aside.job_id = job.id
      where queue.name not like '\\_\\_%'
      group by queue.name order by queue.name`,
  )

async function countRefusedMails(database: Database): Promise<number> {
  const [row] = await rows<{ count: number }>(
    database,
    sql`select count(*)::int as count from caught_mail where refused and set_aside_at is null`,
  )
  return row!.count
}

const rows = async <Row>(database: Database, query: RawBuilder<unknown>): Promise<Row[]> =>
  (await query.execute(database.db())).rows as Row[]
