// From a fresh clone to the first page, the second start, and what the portal takes at rest.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { postgresFolder } from '../portal/src/platform/server/postgres.ts'
import { type Measure, report, round } from './harness.ts'

const project = fileURLToPath(new URL('..', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'fettle-bench-'))
const clone = join(folder, 'fettle')
const results: Measure[] = []
const seconds = (since: number) => round((performance.now() - since) / 1000)

try {
  const first = performance.now()
  execFileSync('git', ['clone', '--quiet', project, clone])
  const fresh = await npmStart(first)
  results.push(
    { case: 'fresh clone', metric: 'packages installed', value: fresh.installed, unit: 's', note: 'the npm cache as it is' },
    { case: 'fresh clone', metric: 'pages built', value: fresh.built, unit: 's' },
    { case: 'fresh clone', metric: 'ready', value: fresh.ready, unit: 's' },
    { case: 'fresh clone', metric: 'first page', value: fresh.page, unit: 's', goal: '90' },
  )
  results.push({ case: 'fresh clone', metric: 'stopped', value: await stop(fresh.command), unit: 's', goal: '10' })

  const second = await npmStart(performance.now())
  results.push(
    { case: 'second start', metric: 'ready', value: second.ready, unit: 's', goal: '3' },
    { case: 'second start', metric: 'first page', value: second.page, unit: 's' },
  )
  await delay(20_000)
  results.push(...memory(second.command.pid!))
  await stop(second.command)
} finally {
  rmSync(folder, { recursive: true, force: true })
  rmSync(postgresFolder(join(clone, 'data')), { recursive: true, force: true })
}
report('start', results)

interface Started {
  command: ChildProcess
  /** seconds since the clock started */
  installed: number
  built: number
  ready: number
  page: number
}

async function npmStart(since: number): Promise<Started> {
  const command = spawn('npm', ['start', '--silent'], {
    cwd: clone,
    env: cleanEnvironment(),
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: true, // a process group of its own, whose end can be seen
  })
  const started = { command, installed: 0, built: 0, ready: 0, page: 0 }
  const said: string[] = []
  const ended = once(command, 'exit').then(() => {
    throw new Error(`The portal ended before it was ready:\n${said.join('\n')}`)
  })
  const lines = createInterface({ input: command.stdout! })
  const address = new Promise<string>(resolve => {
    lines.on('line', line => {
      said.push(line)
      if (/^Installing .*: done/.test(line)) started.installed = seconds(since)
      if (/^Building .*: done/.test(line)) started.built = seconds(since)
      const ready = /^Fettle is ready at (\S+)/.exec(line)?.[1]
      if (ready) resolve(ready)
    })
  })
  const url = await Promise.race([address, ended])
  ended.catch(() => {}) // it will end later, and shall
  started.ready = seconds(since)
  const page = await fetch(url)
  if (!page.ok || !(await page.text()).includes('</html>')) throw new Error(`The first page answered ${page.status}`)
  started.page = seconds(since)
  return started
}

/** As a person's shell has it: without what npm and this benchmark have added. */
function cleanEnvironment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !/^(npm_|NODE_|DATA_DIR|DATABASE_URL)/.test(name))
  const path = process.env.PATH?.split(':').filter(part => !part.includes('node_modules'))
  return { ...Object.fromEntries(kept), PATH: path?.join(':'), PORT: '0', LOG_LEVEL: 'error' }
}

/** Until the last process of the command's group is gone; npm itself leaves first. */
async function stop(command: ChildProcess): Promise<number> {
  const since = performance.now()
  command.kill('SIGTERM')
  while (groupLives(command.pid!)) await delay(10)
  return seconds(since)
}

function groupLives(group: number): boolean {
  try {
    return process.kill(-group, 0)
  } catch {
    return false
  }
}

/** Of the command and everything it started. Pages shared between PostgreSQL's processes count once in PSS. Linux only. */
function memory(command: number): Measure[] {
  const processes = readdirSync('/proc')
    .filter(name => /^\d+$/.test(name))
    .map(Number)
  const parents = new Map(processes.map(pid => [pid, parentOf(pid)]))
  const isOurs = (pid: number | undefined): boolean =>
    pid !== undefined && pid > 1 && (pid === command || isOurs(parents.get(pid)))
  const ours = processes.filter(isOurs)
  const total = (field: string) => Math.round(ours.reduce((sum, pid) => sum + kilobytes(pid, field), 0) / 1024)
  return [
    { case: 'at rest', metric: 'processes', value: ours.length, unit: '' },
    { case: 'at rest', metric: 'resident (RSS)', value: total('Rss'), unit: 'MB' },
    { case: 'at rest', metric: 'proportional (PSS)', value: total('Pss'), unit: 'MB' },
  ]
}

function parentOf(pid: number): number | undefined {
  try {
    return Number(readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ')[1])
  } catch {
    return undefined // it has ended
  }
}

function kilobytes(pid: number, field: string): number {
  try {
    return Number(new RegExp(`^${field}:\\s+(\\d+)`, 'm').exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1] ?? 0)
  } catch {
    return 0
  }
}
