import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { openDatabase } from '../src/platform/server/database.ts'
import { createJobs } from '../src/platform/server/jobs.ts'
import { createLog } from '../src/platform/server/log.ts'
import { migrate } from '../src/platform/server/migrate.ts'
import { startPostgres } from '../src/platform/server/postgres.ts'
import { openSignals } from '../src/platform/server/signals.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** address of the test server's maintenance database */
    postgresUrl: string
  }
}

export const templateName = 'fettle_template'

/**
 * One PostgreSQL for the whole test run, the embedded one or that of TEST_DATABASE_URL, with a migrated template from which every test file
 * clones its own database; and one folder for all that tests put down, which goes with the run.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  removeLeftOvers(postgresHome, serverPrefix)
  removeLeftOvers(temporaryHome, filesPrefix)
  process.env.TMPDIR = join(temporaryHome, `${filesPrefix}${process.pid}`)
  mkdirSync(process.env.TMPDIR, { mode: 0o711 }) // servers of other users find what is theirs in it
  const outside = process.env.TEST_DATABASE_URL
  const postgres = outside
    ? { url: outside, folder: '', stop: async () => {} }
    : await startPostgres(join(postgresHome, `${serverPrefix}${process.pid}`), { durable: false })
  const client = new pg.Client({ connectionString: postgres.url })
  await client.connect()
  await client.query(`create database ${templateName} template template0`)
  await client.end()
  await fillTemplate(postgres.url.replace(/\/\w+$/, `/${templateName}`))
  project.provide('postgresUrl', postgres.url)
  return async () => {
    await postgres.stop()
    if (!outside) rmSync(postgres.folder, { recursive: true, force: true })
    rmSync(process.env.TMPDIR!, { recursive: true, force: true, maxRetries: 10 }) // what was killed may still be ending
  }
}

async function fillTemplate(url: string): Promise<void> {
  await migrate(url)
  const log = createLog('error')
  const database = openDatabase(url, () => {}, { max: 2 })
  const signals = await openSignals(url, log)
  const jobs = createJobs(database, signals, noVault, log)
  await jobs.prepare({})
  await jobs.stop()
  await signals.close()
  await database.close()
}

/** No job is ever added to the template. */
const noVault = { seal: () => Promise.reject(new Error('no vault')), open: () => Promise.reject(new Error('no vault')) }

const serverPrefix = 'fettle-test-'
const filesPrefix = 'fettle-tests-'
const temporaryHome = tmpdir()
const postgresHome = process.getuid?.() === 0 ? '/var/lib/fettle' : temporaryHome

/** Servers and files of test runs that were killed. */
function removeLeftOvers(home: string, prefix: string): void {
  for (const name of existsSync(home) ? readdirSync(home) : []) {
    const run = Number(name.startsWith(prefix) ? name.slice(prefix.length) : Number.NaN)
    if (Number.isNaN(run) || isAlive(run)) continue
    const folder = join(home, name)
    try {
      const pid = Number(readFileSync(join(folder, 'data/postmaster.pid'), 'utf8').split('\n')[0])
      if (readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(folder)) process.kill(pid, 'SIGQUIT')
    } catch {
      // it has gone already
    }
    try {
      rmSync(folder, { recursive: true, force: true })
    } catch (error) {
      console.warn(`What a killed test run left in ${folder} cannot be removed: ${(error as Error).message}`) // a file system is mounted in it
    }
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
