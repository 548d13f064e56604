import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'
import { mulberry32 } from '../../../engine/test/click-workload.ts'
import { type Findings, settle, verify } from './findings.ts'
import { openMailSink } from './mail-sink.ts'
import { type PortalProcess, postgresProcesses, type Ready, startPortalProcess } from './portal-process.ts'
import { startWriters, type Writers } from './writers.ts'

export interface TrialOptions {
  /** kills in all */
  trials: number
  /** of every random moment */
  seed: number
  /** how many run at once on the one database; each is killed on its own */
  portals: number
  /** absent: one portal with the embedded server, which is killed with it */
  databaseUrl?: string
  /** secrets, and the embedded database */
  dataDir: string
  /** folder of the embedded server, where it is killed too */
  postgresFolder?: string
  /** of a portal before it is killed, at most; default 4 */
  answers?: number
  progress?(killed: number): void
  /** ends the trials early */
  enough?: AbortSignal
}

/** What was under way when the kills came. One kill may count several times. */
export interface Moments {
  start: number
  request: number
  listener: number
  job: number
  mail: number
  nothing: number
}

export interface TrialReport extends Findings {
  trials: number
  moments: Moments
  repeated: number
  seconds: number
}

/** A kill, and what the portal's jobs were at once after it. */
export interface Kill {
  from: number
  at: number
  /** jobs that were marked as under way, in all portals; null where the database was killed too and could not be asked */
  activeJobs: Set<string> | null
}

/**
 * Starts portals, lets visitors and a colleague write, and kills the portals one by one at random moments, each time starting the next,
 * until all trials are done. Then lets the last ones finish their work and looks what is there.
 */
export async function runTrials(options: TrialOptions): Promise<TrialReport> {
  const started = performance.now()
  const chance = mulberry32(options.seed)
  const sink = await openMailSink(options.portals, chance)
  const running = new Map<number, { process: PortalProcess; ready: Ready | null }>()
  const kills: Kill[] = []
  const moments: Moments = { start: 0, request: 0, listener: 0, job: 0, mail: 0, nothing: 0 }
  let writers: Writers | undefined
  let begun = 0
  let database: pg.Pool | undefined

  const launch = (from: number) => {
    const process = startPortalProcess({
      DATA_DIR: options.dataDir,
      ...(options.databaseUrl ? { DATABASE_URL: options.databaseUrl } : {}),
      DATABASE_POOL: '6',
      SMTP_URL: sink.urls[from]!,
      SESSION_SECRET: 'the same for every life of every portal',
    })
    running.set(from, { process, ready: null })
    return process
  }

  async function live(from: number): Promise<Ready> {
    const process = launch(from)
    const ready = await process.ready
    running.set(from, { process, ready })
    database ??= openPool(ready.databaseUrl)
    if (!options.databaseUrl) await reopen(ready.databaseUrl)
    writers ??= startWriters(() => [...running.values()].flatMap(one => one.ready?.url ?? []), ready.sales, chance, {
      visitors: 3,
      pause: 60,
    })
    return ready
  }

  /** The embedded server has a new address at every start. */
  async function reopen(url: string): Promise<void> {
    await database?.end()
    database = openPool(url)
  }

  async function kill(from: number): Promise<void> {
    const { process, ready } = running.get(from)!
    const mail = sink.open(from) > 0
    const request = ready !== null && writers!.underWay(ready.url) > 0
    const embedded = options.postgresFolder ? await postgresProcesses(options.postgresFolder) : []
    const at = performance.now()
    running.delete(from)
    await process.kill(embedded)
    const { activeJobs, waiting } = options.databaseUrl ? await lookAt(database!) : { activeJobs: null, waiting: false }
    kills.push({ from, at, activeJobs })
    if (!ready) moments.start++
    if (request) moments.request++
    if (mail) moments.mail++
    if (waiting) moments.listener++
    if (activeJobs?.size) moments.job++
    if (ready && !request && !mail && !waiting && !activeJobs?.size) moments.nothing++
    options.progress?.(kills.length)
  }

  /** The lives and deaths of one portal. */
  async function slot(from: number): Promise<void> {
    while (!options.enough?.aborted && begun++ < options.trials) {
      if (writers && chance() < 0.1) {
        launch(from)
        await delay(chance() * 900) // while it starts
      } else {
        const { url } = await live(from)
        await writers!.after(1 + Math.floor(chance() * (options.answers ?? 4)), url)
        await delay(chance() * 60)
      }
      await kill(from)
    }
  }

  try {
    await live(0) // the first one fills the database; the others find it filled
    await kill(0)
    begun++
    await Promise.all(Array.from({ length: options.portals }, (_, from) => slot(from)))
    await Promise.all(Array.from({ length: options.portals }, (_, from) => live(from)))
    await writers!.finish()
    await settle(database!)
    const { url, sales } = running.get(0)!.ready!
    const findings = await verify({
      database: database!,
      url,
      sales,
      acknowledged: writers!.acknowledged,
      mails: sink.taken,
      kills,
    })
    return {
      trials: kills.length,
      moments,
      repeated: writers!.acknowledged.repeated,
      ...findings,
      seconds: Math.round((performance.now() - started) / 1000),
    }
  } finally {
    await Promise.all([...running.values()].map(({ process }) => process.stop()))
    await database?.end()
    await sink.close()
  }
}

const openPool = (url: string) => {
  const pool = new pg.Pool({ connectionString: url, max: 2 })
  pool.on('error', () => {}) // it may be killed
  return pool
}

/** Jobs marked as under way, and whether an event waits for a listener. */
async function lookAt(database: pg.Pool): Promise<{ activeJobs: Set<string>; waiting: boolean }> {
  const jobs = await database.query<{ id: string }>(`select id from job.job where state = 'active' and name not like '\\_\\_%'`)
  const events = await database.query<{ waiting: boolean }>(
    `select exists (select from event where position is null)
         or exists (select from event_listener where position < (select max(position) from event where name = 'inquiry.submitted')
                      and name <> 'faults.hear-lead') as waiting`,
  )
  return { activeJobs: new Set(jobs.rows.map(row => row.id)), waiting: events.rows[0]!.waiting }
}
