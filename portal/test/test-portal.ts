import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, onTestFinished, TestRunner } from 'vitest'
import { demoAccounts, seedDemoAccounts } from '#features/accounts/server'
import { type Api, createApi } from '#platform/core'
import { type Config, createLog, type Database, type MailTables, openKeptMail, type Platform, readConfig } from '#platform/server'
import { type Portal, type PortalOptions, startPortal } from '../src/app/portal.ts'
import { cloneDatabase } from './test-database.ts'

/** 'sales', 'admin' …: the demo's account with that role; 'customer': the demo's customer; or any account by its password. */
export type Visitor = 'admin' | 'sales' | 'product' | 'service' | 'marketing' | 'customer' | { email: string; password: string }

export interface TestPortal {
  portal: Portal
  platform: Platform
  database: Database
  /** A client of the API for nobody, or for an account that signs in first. */
  api(as?: Visitor): Promise<Api>
  /** A raw request to the portal, by path. */
  request(path: string, init?: RequestInit, as?: Visitor): Promise<Response>
  /** The cookies of a new session, for a test that ends it. */
  newSession(as: Visitor): Promise<string>
  /** Waits for listeners and mail jobs, then answers the mails sent so far, oldest first. */
  mails(): Promise<
    { to: string; subject: string; text: string; html: string | null; attachments: { filename: string; contentType: string }[] }[]
  >
}

/**
 * A whole portal on a database of its own, gone after the file's tests, or after the test that calls it. At the top of the test file:
 * `const { api, mails } = await testPortal()`. features: all of the portal's, unless given
 */
export async function testPortal(options: Partial<PortalOptions> & { config?: Partial<Config> } = {}): Promise<TestPortal> {
  const database = await cloneDatabase()
  const features = options.features ?? (await import('../src/app/features.ts')).features
  const dataDir = mkdtempSync(join(tmpdir(), 'fettle-test-data-'))
  const config = {
    ...readConfig({ FETTLE_MODE: 'demo', DATA_DIR: dataDir, LOG_LEVEL: 'error', PUBLIC_URL: origin, MQTT_PORT: 'off' }),
    databaseUrl: database.url,
    databasePool: 6,
  }
  let portal: Portal | undefined
  const atEnd = TestRunner.getCurrentTest() ? onTestFinished : afterAll
  atEnd(async () => {
    await portal?.stop()
    await database.drop()
    rmSync(dataDir, { recursive: true, force: true })
  })
  portal = await startPortal(
    { ...config, ...options.config },
    {
      log: createLog('error'),
      attackMode: notJudged,
      ...options,
      features,
      http: { rateLimits: null, demandTraces: true, ...options.http },
    },
  )
  return visit(portal)
}

/** A machine that is busy with tests is late: only a test of it sees an attack in that. */
const notJudged = { sampleMs: 3_600_000 }

function visit(portal: Portal): TestPortal {
  const cookies = new Map<string, Promise<string>>()
  const cookieOf = (as: Visitor) => {
    const key = JSON.stringify(as)
    if (!cookies.has(key)) cookies.set(key, signIn(portal, as))
    return cookies.get(key)!
  }
  const request: TestPortal['request'] = async (path, init = {}, as) => {
    const headers = new Headers(init.headers)
    if (as) headers.set('cookie', await cookieOf(as))
    if (!headers.has('origin')) headers.set('origin', origin)
    return portal.http.app.request(`${origin}${path}`, { ...init, headers })
  }
  return {
    portal,
    platform: portal.platform,
    database: portal.platform.database,
    request,
    newSession: as => signIn(portal, as),
    api: async as =>
      createApi((path, { method, headers, body = null, file }) =>
        request(path, { method, headers, body: file ? (file.content as Blob) : body }, as),
      ),
    mails: () => caughtMails(portal),
  }
}

const origin = 'http://portal.test'

async function signIn(portal: Portal, as: Visitor): Promise<string> {
  if (typeof as === 'string') await seedDemoAccounts(portal.platform)
  const account = typeof as === 'string' ? demoAccount(portal, as) : as
  const answer = await portal.http.app.request(`${origin}/api/v1/auth/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin },
    body: JSON.stringify({ email: account.email, password: account.password }),
  })
  if (!answer.ok) throw new Error(`${account.email} cannot sign in: ${await answer.text()}`)
  return answer.headers
    .getSetCookie()
    .map(cookie => cookie.split(';')[0])
    .join('; ')
}

function demoAccount(portal: Portal, as: Exclude<Visitor, object>) {
  const account = demoAccounts(portal.platform).find(({ roles }) =>
    as === 'customer' ? roles.length === 0 : roles.some(role => role === as),
  )
  if (!account) throw new Error(`The demo has no account for ${as}`)
  return account
}

/** A port that nobody listens on just now. */
export function freePort(): Promise<number> {
  return new Promise(resolve => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number }
      server.close(() => resolve(port))
    })
  })
}

/** Waits for listeners and for jobs that are due, then answers the mails the portal sent, oldest first. */
export async function caughtMails(portal: Portal) {
  const { database, vault } = portal.platform
  await portal.settled()
  const waiting = () =>
    database
      .db<{ 'job.job': { name: string; state: string; start_after: Date } }>()
      .selectFrom('job.job')
      .select('name')
      .where('state', 'in', ['created', 'active'])
      .where('name', 'not like', '\\_\\_%')
      .where('start_after', '<', sql<Date>`now() + interval '5 seconds'`) // what is for later tells of nothing now
      .execute()
  for (const deadline = Date.now() + 15_000; (await waiting()).length > 0; ) {
    if (Date.now() > deadline) throw new Error('Jobs are still waiting after 15 s')
    await new Promise(resolve => setTimeout(resolve, 20))
  }
  const rows = await database.db<MailTables>().selectFrom('caught_mail').selectAll().orderBy('id').execute()
  const mails = await Promise.all(rows.map(({ content }) => openKeptMail(vault, content)))
  return mails.map(({ recipient, ...mail }) => ({ to: recipient, ...mail }))
}
