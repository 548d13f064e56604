/**
 * What one portal process answers: requests per second and the 99th percentile for each kind of request, and how its memory grows under
 * load. Starts a demo portal with 100,000 leads in a process of its own; the client takes its share of the same machine.
 * Options: --json, --seconds <per case, 10>, --minutes <of the memory run, 10; 0: none>, --leads <n>, --only <part of the cases' names>.
 */
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { postgresFolder } from '../portal/src/platform/server/postgres.ts'
import { type Measure, report, round } from './harness.ts'
import { type Load, load } from './load.ts'

const option = (name: string, preset: number) => {
  const at = process.argv.indexOf(`--${name}`)
  return at < 0 ? preset : Number(process.argv[at + 1])
}
const seconds = option('seconds', 10)
const minutes = option('minutes', 10)
const leads = option('leads', 100_000)
const only = process.argv.includes('--only') ? process.argv[process.argv.indexOf('--only') + 1]! : ''
const password = 'fettle-demo-2026'

const dataDir = mkdtempSync(join(tmpdir(), 'fettle-bench-'))
const server = fork(join(import.meta.dirname, 'loaded-portal.ts'), [String(leads)], {
  env: { ...process.env, FETTLE_MODE: 'demo', NODE_ENV: 'production', PORT: '0', DATA_DIR: dataDir, LOG_LEVEL: 'error' },
  execArgv: ['--expose-gc'],
  stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
})
const ended = once(server, 'exit')
try {
  const address = await ready()
  report('api', [...(await cases(address)), ...(await memory(address))])
} finally {
  server.disconnect()
  await ended
  rmSync(dataDir, { recursive: true, force: true })
  rmSync(postgresFolder(dataDir), { recursive: true, force: true })
}

async function ready(): Promise<string> {
  for await (const chunk of server.stdout!) {
    const address = /^ready (\S+)/m.exec(String(chunk))?.[1]
    if (address) return address
  }
  throw new Error('The portal ended before it was ready')
}

interface Case {
  name: string
  load: Omit<Load, 'seconds'>
  goal?: string
}

async function cases(address: string): Promise<Measure[]> {
  const results: Measure[] = []
  for (const { name, load: one, goal } of (await allCases(address)).filter(one => one.name.includes(only))) {
    await load({ ...one, seconds: Math.min(3, seconds) }) // warm
    const before = cpuMs(server.pid!)
    const { perSecond, p50, p99, failed, status, answered } = await load({ ...one, seconds })
    if (status >= 400) throw new Error(`${name}: the portal answers ${status}`)
    const cpu = (cpuMs(server.pid!) - before) / answered
    const note = `answers ${status}${failed > 0 ? `, ${failed} otherwise` : ''}, ${one.connections} connections`
    results.push(
      { case: name, metric: 'requests', value: round(perSecond), unit: '1/s', note, ...(goal ? { goal } : {}) },
      { case: name, metric: 'median', value: round(p50), unit: 'ms' },
      { case: name, metric: 'p99', value: round(p99), unit: 'ms' },
      { case: name, metric: 'processor time of the portal', value: round(cpu), unit: 'ms', note: 'without the database' },
    )
  }
  return results
}

async function allCases(address: string): Promise<Case[]> {
  const origin = new URL(address).origin
  const { items } = (await (await fetch(`${address}/api/v1/products`)).json()) as { items: Product[] }
  const product = items.find(({ startingPrice, selection }) => startingPrice && Object.keys(selection.options).length > 0)!
  const page = `${address}/products/${product.slug}`
  const configuration = {
    modelVersionId: product.modelVersionId,
    decisions: [],
    selection: product.selection,
    net: product.startingPrice!.net,
  }
  const json = { 'content-type': 'application/json', origin }
  const inquiry = (turn: number) =>
    JSON.stringify({
      configuration,
      contact: { name: 'Visitor', email: `visitor${turn}@visitor.example`, company: 'Visitors Ltd' },
      message: 'Please make an offer.',
      consent: { version: '2026-11-20', accepted: true },
    })
  const customer = await session(address, 'customer@example.com')
  const sales = await session(address, 'sales@zhizao.example')
  // of more accounts than connections, since many at once of one account are taken for guesses
  const people = ['customer@example.com', ...['sales', 'marketing', 'admin'].map(role => `${role}@zhizao.example`)]
  const signIn = (turn: number) => JSON.stringify({ email: people[turn % people.length], password, remember: true })
  const gzip = { 'accept-encoding': 'gzip' }
  return [
    { name: 'product page, kept', load: { url: page, headers: gzip, connections: 50 }, goal: '5000' },
    {
      name: 'product page, kept, unchanged',
      load: { url: page, headers: { ...gzip, 'if-none-match': await tag(page) }, connections: 50 },
    },
    {
      name: 'product page of a signed-in customer',
      load: { url: page, headers: { ...gzip, cookie: customer }, connections: 10 },
    },
    {
      name: 'price check (a configuration is saved)',
      load: {
        url: `${address}/api/v1/configurations`,
        method: 'POST',
        headers: json,
        body: () => JSON.stringify(configuration),
        connections: 20,
      },
    },
    {
      name: 'sign-in',
      load: { url: `${address}/api/v1/auth/sign-in`, method: 'POST', headers: json, body: signIn, connections: 4 },
    },
    {
      name: `leads, first page of ${leads}`,
      load: { url: `${address}/api/v1/leads?limit=30`, headers: { cookie: sales }, connections: 20 },
    },
    {
      name: `leads, searched among ${leads}`,
      load: { url: `${address}/api/v1/leads?limit=30&search=visitor`, headers: { cookie: sales }, connections: 20 },
    },
    {
      // the last: its mails and sheets are still being made when it is over
      name: 'inquiry',
      load: { url: `${address}/api/v1/inquiries`, method: 'POST', headers: json, body: inquiry, connections: 20 },
    },
  ]
}

interface Product {
  slug: string
  modelVersionId: string
  startingPrice: { net: number } | null
  selection: { options: Record<string, number>; numbers: Record<string, number> }
}

async function session(address: string, email: string): Promise<string> {
  const answer = await fetch(`${address}/api/v1/auth/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: new URL(address).origin },
    body: JSON.stringify({ email, password }),
  })
  if (!answer.ok) throw new Error(`${email} cannot sign in: ${await answer.text()}`)
  return answer.headers
    .getSetCookie()
    .map(cookie => cookie.split(';')[0])
    .join('; ')
}

async function tag(page: string): Promise<string> {
  return (await fetch(page)).headers.get('etag') ?? ''
}

/**
 * What grows once a fifth of the time is over, since first everything warms: resident memory, by least squares, which holds what is not
 * collected yet and what the system was not given back; and what is held after a collection, which is what a leak would add to.
 */
async function memory(address: string): Promise<Measure[]> {
  if (minutes === 0) return []
  const samples: { minute: number; mb: number }[] = []
  const since = performance.now()
  const until = since + minutes * 60_000
  const minute = () => (performance.now() - since) / 60_000
  const wanted = (await allCases(address)).filter(({ name }) => !name.startsWith('sign-in'))
  const loading = (async () => {
    for (let turn = 0; performance.now() < until; turn++)
      await load({ ...wanted[turn % wanted.length]!.load, connections: 10, seconds: 2 })
  })()
  let warm: { minute: number; mb: number } | undefined
  while (performance.now() < until) {
    await delay(5000)
    samples.push({ minute: minute(), mb: residentMb(server.pid!) })
    if (minute() > minutes / 5) warm ??= { minute: minute(), mb: await heldMb() }
  }
  await loading
  const held = await heldMb()
  const resident = slope(samples.filter(sample => sample.minute > minutes / 5))
  const name = `${minutes} minutes of load`
  return [
    { case: name, metric: 'resident at the end', value: round(samples.at(-1)!.mb), unit: 'MB' },
    { case: name, metric: 'resident, growth', value: round(resident), unit: 'MB/min', goal: '< 1' },
    { case: name, metric: 'held at the end', value: round(held), unit: 'MB' },
    { case: name, metric: 'held, growth', value: round((held - warm!.mb) / (minute() - warm!.minute)), unit: 'MB/min' },
  ]
}

/** What the portal holds after a collection. */
async function heldMb(): Promise<number> {
  const answer = once(server, 'message')
  server.send('held')
  const [bytes] = (await answer) as [number]
  return bytes / 2 ** 20
}

/** Of user and system, of one process, in milliseconds; the kernel counts in hundredths of a second. */
function cpuMs(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ')
  return (Number(fields[11]) + Number(fields[12])) * 10
}

function residentMb(pid: number): number {
  return Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024
}

function slope(points: readonly { minute: number; mb: number }[]): number {
  const mean = (of: (point: { minute: number; mb: number }) => number) =>
    points.reduce((sum, point) => sum + of(point), 0) / points.length
  const [x, y] = [mean(({ minute }) => minute), mean(({ mb }) => mb)]
  const covariance = mean(({ minute, mb }) => (minute - x) * (mb - y))
  return covariance / mean(({ minute }) => (minute - x) ** 2)
}
