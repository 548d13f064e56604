import { sql } from 'kysely'
import type { Database } from './database.ts'

/** A process touches the jobs it works on every 3 s. */
const silentSeconds = 10

/**
 * Gives the jobs of processes that died back to the queue. A kill may have been the job's doing, so it counts as a try and the
 * pauses grow; but it is never the last try: what was asked for is done or has failed by itself, it does not vanish with a process.
 * Any number of processes may call it.
 */
export async function recoverJobs(database: Database): Promise<void> {
  await sql`
    update job.job set
      state = 'retry',
      heartbeat_on = null,
      retry_count = least(retry_count, greatest(retry_limit - 1, 0)),
      start_after = job.job_now() + least(retry_delay_max, retry_delay * (2 ^ least(16, retry_count) - 1)) * interval '1 s'
    where state = 'active'
      and coalesce(heartbeat_on, started_on) < job.job_now() - ${silentSeconds} * interval '1 s'
      and (heartbeat_seconds is not null or name = ${forwarding})`.execute(database.db())
}

// What the job library hands due schedules to itself with: it takes milliseconds and has no heartbeat.
const forwarding = '__pgboss__send-it'
