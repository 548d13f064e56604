// npm run test:scaled: the tests and the stories with everything from outside: PostgreSQL and mosquitto of this machine, a warehouse server of its own, and
// two portal processes that take requests by turns. What the machine lacks is said, and nothing is run. Arguments name stories: then only those are run.
import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { runFleet } from '../../../examples/machine-simulator/fleet.ts'
import { demoFleet } from '../../src/app/demo-fleet.ts'
import { startEmbeddedWarehouse } from '../../src/platform/server/warehouse-embedded.ts'
import { findMosquitto, type Mosquitto, startMosquitto } from '../mosquitto.ts'
import { startPortalProcess } from '../portal-process.ts'
import { freePort } from '../test-portal.ts'
import { openAdmission } from './admission.ts'
import { findPostgres, startOutsidePostgres } from './outside-postgres.ts'
import { takeTurns } from './take-turns.ts'

const stories = process.argv.slice(2)
const project = join(import.meta.dirname, '../../..')
const programs = findPostgres()
const broker = findMosquitto()
const missing = [
  programs ? null : 'PostgreSQL 15 or newer (Debian: apt-get install postgresql)',
  broker ? null : 'mosquitto 2 (Debian: apt-get install mosquitto)',
].filter(one => one !== null)
if (!programs || !broker) {
  console.error(`This machine lacks ${missing.join(' and ')}: the scaled tests were not run.`)
  process.exit(2)
}

const closers: (() => unknown)[] = []
let failed = false
try {
  const postgres = await startOutsidePostgres(programs)
  closers.push(() => postgres.stop())
  if (stories.length === 0) failed = await run(['vitest/vitest.mjs', 'run'], { TEST_DATABASE_URL: postgres.url })
  const settings = await startPortals(postgres.url, broker)
  failed = (await run(['@playwright/test/cli.js', 'test', ...stories], settings)) || failed
} finally {
  for (const close of closers.reverse()) await close()
}
console.log(failed ? 'Something does not hold when scaled: see above' : 'Everything holds when scaled')
process.exitCode = failed ? 1 : 0

/** Whether it failed. */
async function run([script, ...args]: [string, ...string[]], settings: Record<string, string>): Promise<boolean> {
  const child = spawn(process.execPath, [join(project, 'node_modules', script), ...args], {
    cwd: project,
    env: { ...process.env, ...settings },
    stdio: 'inherit',
  })
  return ((await once(child, 'exit')) as [number])[0] !== 0
}

/** Two portals with the demo and its machines; answers what stories have to know of them. */
async function startPortals(server: string, mosquittoProgram: string): Promise<Record<string, string>> {
  const folder = mkdtempSync(join(tmpdir(), 'fettle-scaled-'))
  closers.push(() => rmSync(folder, { recursive: true, force: true }))
  const portalPassword = randomBytes(12).toString('hex')
  const mosquitto = await startMosquitto(mosquittoProgram, { users: { fettle: portalPassword } })
  closers.push(() => mosquitto.stop())
  const warehouse = await startEmbeddedWarehouse(join(folder, 'warehouse'))
  closers.push(() => warehouse.stop())
  const turns = await takeTurns()
  closers.push(() => turns.stop())

  const { url, username, password, database } = warehouse.address
  const clickhouse = Object.assign(new URL(url), { username, password, pathname: `/${database}` })
  const settings = {
    DATA_DIR: join(folder, 'data'),
    DATABASE_URL: await newDatabase(server),
    CLICKHOUSE_URL: clickhouse.href,
    MQTT_URL: `mqtt://fettle:${portalPassword}@127.0.0.1:${mosquitto.port}`,
    PUBLIC_URL: turns.address,
    SESSION_SECRET: 'the same for both of these portals, which are tests',
  }
  const ports = [String(await freePort()), String(await freePort())]
  const portals = await Promise.all(
    ports.map(port => startPortalProcess([], { ...settings, OUTGOING_PRIVATE: 'true', PORT: port })),
  )
  closers.push(() => Promise.all(portals.map(portal => portal.stop())))
  turns.give(ports.map(port => `http://127.0.0.1:${port}`))
  const fleet = await startMachines(turns.address, mosquitto, join(folder, 'machines'))
  closers.push(() => fleet.stop())
  const admission = await openAdmission(mosquitto)
  closers.push(() => admission.stop())
  return { STORY_URL: turns.address, STORY_BROKER_ADMISSION: admission.address }
}

async function newDatabase(server: string): Promise<string> {
  const client = new pg.Client({ connectionString: server })
  await client.connect()
  await client.query('create database fettle template template0')
  await client.end()
  return server.replace(/\/\w+$/, '/fettle')
}

/** The demo's machines, each with a password at the broker as its users have one in production. */
async function startMachines(portal: string, mosquitto: Mosquitto, folder: string) {
  const signedIn = await fetch(`${portal}/api/v1/auth/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: portal },
    body: JSON.stringify({ email: 'service@zhizao.example', password: 'fettle-demo-2026', remember: true }),
  })
  if (!signedIn.ok) throw new Error(`Signing in answers ${signedIn.status}: ${await signedIn.text()}`)
  const cookie = signedIn.headers
    .getSetCookie()
    .map(one => one.split(';')[0])
    .join('; ')
  const machines = []
  for (const [serial, options] of Object.entries(demoFleet)) {
    const found = await fetch(`${portal}/api/v1/console/devices?q=${serial}`, { headers: { cookie } })
    const { items } = (await found.json()) as { items: { id: string }[] }
    machines.push({ ...options, deviceId: items[0]!.id, token: randomBytes(12).toString('hex') })
  }
  await mosquitto.admit(Object.fromEntries(machines.map(({ deviceId, token }) => [deviceId, token])))
  const url = `mqtt://127.0.0.1:${mosquitto.port}`
  return runFleet({ url, folder, machines, onTrouble: error => console.error('a machine has trouble', error) })
}
