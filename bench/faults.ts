// Kills portals at random moments, a thousand times by default, and counts what is lost, doubled or undone: nothing may be.
// --trials <n>, --seed <n>, --portals <n>; Ctrl-C ends the trials and reports those done.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { postgresFolder, startPostgres } from '../portal/src/platform/server/postgres.ts'
import { openDatabaseProxy } from '../portal/test/faults/database-proxy.ts'
import { startPortalProcess } from '../portal/test/faults/portal-process.ts'
import { runTrials, type TrialReport } from '../portal/test/faults/trials.ts'
import { type Measure, median, report, round } from './harness.ts'

const { values } = parseArgs({
  options: {
    trials: { type: 'string', default: '1000' },
    seed: { type: 'string', default: '1' },
    portals: { type: 'string', default: '4' },
    json: { type: 'boolean' },
  },
})
const trials = Number(values.trials)
const seed = Number(values.seed)
const enough = new AbortController()
process.once('SIGINT', () => enough.abort())

const watched = {
  enough: enough.signal,
  progress: (killed: number) => {
    if (killed % 50 === 0) console.error(`${killed} killed`)
  },
}

// One kill in twenty takes the embedded database with it.
const together = Math.ceil(trials / 20)
const alone = await inFolder(async dataDir => {
  const folder = postgresFolder(dataDir)
  const postgres = await startPostgres(folder)
  try {
    const databaseUrl = postgres.url
    return await runTrials({ trials: trials - together, seed, portals: Number(values.portals), databaseUrl, dataDir, ...watched })
  } finally {
    await postgres.stop()
  }
})
const withDatabase = await inFolder(dataDir =>
  runTrials({ trials: together, seed: seed + 1, portals: 1, dataDir, postgresFolder: postgresFolder(dataDir), ...watched }),
)

const away = [await databaseAway('refuse'), await databaseAway('silent')]

report('faults', [
  ...measures(`portals killed, ${values.portals} at once`, alone),
  ...measures('portal killed with its database', withDatabase),
  ...away.flat(),
])
for (const defect of [...alone.defects, ...withDatabase.defects]) console.error(defect)
if (alone.defects.length + withDatabase.defects.length > 0) process.exitCode = 1

async function inFolder<T>(work: (dataDir: string) => Promise<T>): Promise<T> {
  const dataDir = mkdtempSync(join(tmpdir(), 'fettle-faults-'))
  try {
    return await work(dataDir)
  } finally {
    rmSync(postgresFolder(dataDir), { recursive: true, force: true })
    rmSync(dataDir, { recursive: true, force: true })
  }
}

/** The database refuses connections, or stays silent, for a minute, while visitors go on asking. */
async function databaseAway(how: 'refuse' | 'silent'): Promise<Measure[]> {
  return inFolder(async dataDir => {
    const postgres = await startPostgres(postgresFolder(dataDir))
    const proxy = await openDatabaseProxy(postgres.url)
    const portal = startPortalProcess({ DATA_DIR: dataDir, DATABASE_URL: proxy.url })
    try {
      const { url } = await portal.ready
      const waits: number[] = []
      const statuses = new Map<number, number>()
      const ask = async (path: string) => {
        const { ms, status } = await timedAnswer(`${url}${path}`)
        waits.push(ms)
        statuses.set(status, (statuses.get(status) ?? 0) + 1)
      }
      await proxy.become(how)
      const asking: Promise<void>[] = []
      for (const end = Date.now() + 60_000; Date.now() < end && !enough.signal.aborted; await delay(200))
        asking.push(ask('/api/v1/products'))
      await Promise.all(asking)
      await proxy.become('pass')
      const back = performance.now()
      while ((await timedAnswer(`${url}/readyz`)).status !== 200) await delay(50)
      const row = (metric: string, value: number, unit: string, note?: string): Measure => ({
        ...{ case: `database away for a minute (${how})`, metric, value: round(value), unit },
        ...(note ? { note } : {}),
      })
      const told = [...statuses].map(([status, times]) => `${times} × ${status}`).join(', ')
      return [
        row('answers, median', median(waits), 'ms', told),
        row('answers, slowest', Math.max(...waits), 'ms'),
        row('ready again after', performance.now() - back, 'ms'),
      ]
    } finally {
      await portal.kill()
      await proxy.close()
      await postgres.stop()
    }
  })
}

async function timedAnswer(url: string): Promise<{ ms: number; status: number }> {
  const from = performance.now()
  const answer = await fetch(url)
  await answer.arrayBuffer()
  return { ms: performance.now() - from, status: answer.status }
}

function measures(name: string, { trials: kills, moments, acknowledged, mails, ...found }: TrialReport): Measure[] {
  const row = (metric: string, value: number, more: Partial<Measure> = {}): Measure => ({
    case: name,
    metric,
    value,
    unit: '',
    ...more,
  })
  const { start, request, listener, job, mail, nothing } = moments
  const during = `during start ${start}, request ${request}, listener ${listener}, job ${job}, mail ${mail}, nothing ${nothing}`
  return [
    row('trials (kill -9)', kills, { goal: String(trials), note: during }),
    row('acknowledged writes', acknowledged.inquiries + acknowledged.notes, { note: `${found.repeated} requests repeated` }),
    row('lost', found.lost, { goal: '0' }),
    row('doubled inside', found.doubled, { goal: '0' }),
    row('left undone', found.undone, { goal: '0' }),
    row('mails sent', mails.sent),
    row('mails doubled: killed between 250 and the mark', mails.doubledAfter250),
    row('mails doubled: killed while the server took it', mails.doubledBefore250),
    row('mails doubled: for another reason', mails.doubledOtherwise, { goal: '0' }),
    row('duration', found.seconds, { unit: 's' }),
  ]
}
