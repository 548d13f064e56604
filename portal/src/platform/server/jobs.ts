import { CompiledQuery, sql } from 'kysely'
import { PgBoss } from 'pg-boss'
import type { Database } from './database.ts'
import type { JobHandler } from './feature.ts'
import { newId } from './ids.ts'
import type { Log } from './log.ts'
import type { Platform } from './platform.ts'
import type { Signals } from './signals.ts'

/** Work for later, on PostgreSQL; enqueued in the ambient transaction, done at least once. */
export interface Jobs {
  /**
   * Adds a job that starts when the ambient transaction has committed, not before `runAt`. Returns its id.
   * singletonKey: while a job of that name and key waits to start, another is not added, and the answer is the waiting one's id.
   */
  enqueue(name: string, data: unknown, options?: { runAt?: Date; singletonKey?: string }): Promise<string>
}

export interface JobRunner extends Jobs {
  /** Prepares the queues of these handlers; from here on `enqueue` works. */
  prepare(handlers: Record<string, JobHandler>): Promise<void>
  /** Begins to work, and to add what is due by the schedules (cron expressions in UTC, by job name). */
  work(handlers: Record<string, JobHandler>, schedules: Record<string, string>, platform: Platform): Promise<void>
  /** Waits for the jobs under way, up to 5 s; what is not done by then is done again by the next process. */
  stop(): Promise<void>
}

const schema = 'job'

/** What of the job library's tables is read here. */
interface JobTables {
  'job.job': { id: string; name: string; singleton_key: string | null; state: string }
}

export function createJobs(database: Database, signals: Signals, log: Log): JobRunner {
  const boss = new PgBoss({
    db: {
      executeSql: async (text, values = []) => {
        if (!database.inTransaction()) return database.pool.query(text, values)
        return { rows: (await database.db().executeQuery(CompiledQuery.raw(text, values))).rows }
      },
      listen: async (channel, onNotification, onReconnect) => ({
        close: await signals.listen(channel, onNotification, onReconnect),
      }),
    },
    schema,
    useListenNotify: true,
    clockMonitorIntervalSeconds: 600,
    reindex: false,
  })
  boss.on('error', error => log.error({ error }, 'jobs could not be served; trying again'))
  boss.on('warning', warning => log.warn({ warning }, 'jobs'))

  return {
    async prepare(handlers) {
      await boss.start()
      const known = new Map((await boss.getQueues()).map(queue => [queue.name, queue]))
      for (const [name, { retries = 5 }] of Object.entries(handlers)) {
        const options = {
          retryLimit: retries,
          retryDelay: 2,
          retryBackoff: true,
          retryDelayMax: 3600,
          expireInSeconds: 300,
          notify: true,
        }
        if (!known.has(name)) await boss.createQueue(name, options)
        else if (known.get(name)!.retryLimit !== retries) await boss.updateQueue(name, options)
      }
    },

    async work(handlers, schedules, platform) {
      for (const [name, { handle }] of Object.entries(handlers)) {
        const pace = { batchSize: 1, pollingIntervalSeconds: 2, notifyPollingIntervalSeconds: 3, includeMetadata: true } as const
        await boss.work(name, pace, async ([job]) => {
          try {
            await handle(job!.data, { platform, jobId: job!.id, lastTry: job!.retryCount >= job!.retryLimit })
          } catch (error) {
            log.warn({ job: name, jobId: job!.id, error }, 'a job failed')
            throw error
          }
        })
      }
      for (const [name, cron] of Object.entries(schedules)) await boss.schedule(name, cron, null, { tz: 'UTC' })
      for (const { name } of await boss.getSchedules()) if (!(name in schedules)) await boss.unschedule(name)
    },

    async enqueue(name, data, { runAt, singletonKey } = {}) {
      const add = async () => {
        const id = newId()
        await boss.send(name, data as object, {
          id,
          ...(runAt ? { startAfter: runAt } : {}),
          ...(singletonKey ? { singletonKey } : {}),
        })
        return id
      }
      if (!singletonKey) return add()
      return database.transaction(async () => {
        const db = database.db<JobTables>()
        await sql`select pg_advisory_xact_lock(hashtext(${name}), hashtext(${singletonKey}))`.execute(db)
        const waiting = await db
          .selectFrom('job.job')
          .select('id')
          .where('name', '=', name)
          .where('singleton_key', '=', singletonKey)
          .where('state', 'in', ['created', 'retry'])
          .executeTakeFirst()
        return waiting?.id ?? add()
      })
    },

    stop: () => boss.stop({ graceful: true, timeout: 5000, close: false }),
  }
}
