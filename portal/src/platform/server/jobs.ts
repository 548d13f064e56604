import { CompiledQuery, sql } from 'kysely'
import { type JobWithMetadata, PgBoss } from 'pg-boss'
import type { Database } from './database.ts'
import type { JobHandler } from './feature.ts'
import { newId } from './ids.ts'
import { recoverJobs } from './job-recovery.ts'
import type { Log } from './log.ts'
import type { Platform } from './platform.ts'
import { safeError } from './safe-error.ts'
import type { Signals } from './signals.ts'
import { type Tracing, traced } from './tracing.ts'
import type { Vault } from './vault.ts'

/**
 * Work for later, on PostgreSQL; enqueued in the ambient transaction, begun at least once. What a job writes in the database
 * happens once (see JobHandler). One whose process died is begun again within 15 s by whichever process lives.
 */
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
  /** Begins to work, and to add what is due by the schedules (cron expressions in UTC, by job name); what was missed is added once. */
  work(handlers: Record<string, JobHandler>, schedules: Record<string, string>, platform: Platform): Promise<void>
  /** Lets a job that was given up be tried once more. false: there is no such job, or it is not given up. */
  retry(name: string, jobId: string): Promise<boolean>
  /** Waits for the jobs under way, up to 5 s; what is not done by then is done again by the next process. */
  stop(): Promise<void>
}

const schema = 'job'

/** What of the job library's tables is read here. */
interface JobTables {
  'job.job': { id: string; name: string; singleton_key: string | null; state: string; deletion_seconds: number }
}

/** How long a job that is done is remembered, as the job library does by itself. */
const keptSeconds = 7 * 86_400

/** A job that was given up stays until somebody decides about it: the job library would forget it after a week. */
export async function keepFailedJobs(database: Database): Promise<void> {
  await database
    .db<JobTables>()
    .updateTable('job.job')
    .set({ deletion_seconds: 0 })
    .where('state', '=', 'failed')
    .where('deletion_seconds', '>', 0)
    .execute()
}

/** Makes the job library's tables where there are none, for a database that is restored. */
export async function prepareJobSchema(url: string): Promise<void> {
  const boss = new PgBoss({ connectionString: url, schema, max: 2, supervise: false, schedule: false, reindex: false })
  boss.on('error', () => {}) // told by the start that fails
  await boss.start()
  await boss.stop({ graceful: false })
}

/** As a job waits in its table: what it is about may be personal, and the tables of the job library are nobody's secret. */
interface SealedData {
  sealed: string
  /** the span it was enqueued in, as W3C traceparent; absent: traces were off, or it was in none */
  trace?: string
}

const context = 'job.data'

export function createJobs(
  database: Database,
  signals: Signals,
  vault: Pick<Vault, 'seal' | 'open'>,
  log: Log,
  tracing?: Tracing,
): JobRunner {
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

  boss.on('error', error => log.error({ error: toError(error) }, 'jobs could not be served; trying again'))
  boss.on('warning', warning => log.warn({ warning }, 'jobs'))

  async function seal(data: unknown): Promise<SealedData> {
    const sealed = await vault.seal(JSON.stringify(data ?? null), context)
    const trace = tracing?.current()
    return trace ? { sealed, trace } : { sealed }
  }

  async function perform(handler: JobHandler, job: JobWithMetadata<unknown>, platform: Platform): Promise<void> {
    const data = await openJobData(vault, job.data)
    const jobContext = { platform, jobId: job.id, lastTry: job.retryCount >= job.retryLimit }
    if (handler.outside) return handler.handle(data, jobContext)
    await database.transaction(async () => {
      await handler.handle(data, jobContext)
      const { affected } = (await boss.complete(job.name, job.id)) as { affected: number } // which its type hides
      if (affected !== 1) throw new Error('The job was given to another process meanwhile; nothing of this try is kept')
    })
  }

  let recovery: NodeJS.Timeout | undefined
  const recover = () =>
    recoverJobs(database).catch(error => log.warn({ error }, 'jobs of dead processes could not be looked for; trying again'))

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
          heartbeatSeconds: 30, // for the job library's own look; ours comes sooner and costs no try
          notify: true,
        }
        const there = known.get(name)
        if (!there) await boss.createQueue(name, options)
        else if (there.retryLimit !== retries || there.heartbeatSeconds !== options.heartbeatSeconds)
          await boss.updateQueue(name, options)
      }
    },

    async work(handlers, schedules, platform) {
      await recover()
      recovery = setInterval(recover, 5000)
      for (const [name, handler] of Object.entries(handlers)) {
        const pace = {
          batchSize: 1,
          localConcurrency: handler.outside ? 3 : 1,
          pollingIntervalSeconds: 2,
          notifyPollingIntervalSeconds: 3,
          heartbeatRefreshSeconds: 3,
          includeMetadata: true,
        } as const
        let worker = ''
        worker = await boss.work(name, pace, async ([job]) => {
          const started = performance.now()
          const tried = (result: 'done' | 'failed') =>
            platform.metrics.job({ queue: name, result, seconds: (performance.now() - started) / 1000 })
          try {
            const trace = isSealed(job!.data) ? job!.data.trace : null
            await traced(platform, `job ${name}`, { 'fettle.queue': name }, () => perform(handler, job!, platform), trace)
            tried('done')
          } catch (error) {
            tried('failed')
            log.warn({ job: name, jobId: job!.id, error }, 'a job failed')
            throw Object.assign(new Error(safeError(error).message), { stack: safeError(error).stack }) // it is kept with the job
          }
          boss.notifyWorker(worker) // the next one, if there is one, need not wait for the poll
        })
      }
      // Once a minute at most: a process killed while it hands a due schedule on would let the next one hand it on again.
      for (const [name, cron] of Object.entries(schedules))
        await boss.schedule(name, cron, null, { tz: 'UTC', missed: 'once', singletonSeconds: 60 })
      for (const { name } of await boss.getSchedules()) if (!(name in schedules)) await boss.unschedule(name)
    },

    async enqueue(name, data, { runAt, singletonKey } = {}) {
      const add = async () => {
        const id = newId()
        await boss.send(name, await seal(data), {
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

    async retry(name, jobId) {
      return database.transaction(async () => {
        const db = database.db<JobTables>()
        const failed = await db
          .updateTable('job.job')
          .set({ deletion_seconds: keptSeconds })
          .where('name', '=', name)
          .where('id', '=', jobId)
          .where('state', '=', 'failed')
          .executeTakeFirst()
        if (failed.numUpdatedRows === 0n) return false
        await boss.retry(name, jobId)
        return true
      })
    },

    stop() {
      clearInterval(recovery)
      return boss.stop({ graceful: true, timeout: 5000, close: false })
    },
  }
}

/** What a job was given. */
export const openJobData = async (vault: Pick<Vault, 'open'>, data: unknown): Promise<unknown> =>
  isSealed(data) ? JSON.parse(await vault.open(data.sealed, context)) : data // what a schedule adds has no data

const isSealed = (data: unknown): data is SealedData =>
  typeof data === 'object' && data !== null && typeof (data as SealedData).sealed === 'string'

/** Of a worker's error the job library keeps the fields and drops the kind. */
const toError = (error: Error): Error =>
  error instanceof Error ? error : Object.assign(new Error((error as Error).message), error as object)
