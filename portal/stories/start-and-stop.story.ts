import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { expect, test } from '@playwright/test'
import { postgresFolder } from '../src/platform/server/postgres.ts'

test.describe.configure({ timeout: 300_000 }) // against hanging, not for speed

const project = join(import.meta.dirname, '../..')
const dataDir = mkdtempSync(join(tmpdir(), 'fettle-start-'))
test.afterAll(() => {
  rmSync(dataDir, { recursive: true, force: true })
  rmSync(postgresFolder(dataDir), { recursive: true, force: true })
})

interface Started {
  command: ChildProcess
  said: string[]
  ended: Promise<unknown[]>
  /** address once it is ready, null when it ends before */
  address: Promise<string | null>
}

/** npm start, as a person types it. */
function npmStart(environment: Record<string, string> = {}, wishes: string[] = []): Started {
  const command = spawn('npm', ['start', '--silent', '--', ...wishes], {
    cwd: project,
    env: { ...process.env, DATA_DIR: dataDir, PORT: '0', LOG_LEVEL: 'error', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true, // a group of its own, as in a terminal
  })
  const said: string[] = []
  const ended = once(command, 'exit')
  const address = new Promise<string | null>(resolve => {
    for (const stream of [command.stdout!, command.stderr!]) {
      createInterface({ input: stream }).on('line', line => {
        said.push(line)
        const ready = /^Fettle is ready at (\S+)/.exec(line)?.[1]
        if (ready) resolve(ready)
      })
    }
    void ended.then(() => resolve(null))
  })
  return { command, said, ended, address }
}

const groupIsGone = (pid: number) => {
  try {
    process.kill(-pid, 0)
    return false
  } catch {
    return true
  }
}
const answers = (address: string) =>
  fetch(`${address}/readyz`).then(
    ({ status }) => status,
    () => 0,
  )

const customer = 'customer@example.com'
const signIn = async (address: string) => {
  const answer = await fetch(`${address}/api/v1/auth/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: address },
    body: JSON.stringify({ email: customer, password: 'fettle-demo-2026' }),
  })
  return answer.headers
    .getSetCookie()
    .map(cookie => cookie.split(';')[0])
    .join('; ')
}
const whoIsSignedIn = async (address: string, cookie: string): Promise<string | undefined> => {
  const answer = await fetch(`${address}/api/v1/me`, { headers: { cookie } })
  return ((await answer.json()) as { account: { email: string } | null }).account?.email
}

test('the portal starts, says who can sign in, and a Ctrl-C stops all of it', async () => {
  const { command, said, ended, address } = npmStart()
  const url = await address
  expect(url, said.join('\n')).not.toBeNull()
  expect(said.join('\n')).toContain('sales@')
  expect(await answers(url!)).toBe(200)
  process.kill(-command.pid!, 'SIGINT') // a terminal tells the whole group
  await ended
  await expect.poll(() => groupIsGone(command.pid!)).toBe(true)
  expect(await answers(url!)).toBe(0)
})

test('after kill -9 of npm, and of everything, the next start builds nothing and finds its data; SIGTERM to npm alone stops all of it', async () => {
  const first = npmStart()
  const url = await first.address
  const cookie = await signIn(url!)
  first.command.kill('SIGKILL')
  await first.ended
  await expect.poll(() => answers(url!)).toBe(0)

  const second = npmStart()
  expect(await whoIsSignedIn((await second.address)!, cookie), second.said.join('\n')).toBe(customer)
  process.kill(-second.command.pid!, 'SIGKILL')
  await second.ended

  const third = npmStart()
  expect(await whoIsSignedIn((await third.address)!, cookie), third.said.join('\n')).toBe(customer)
  expect(third.said.filter(line => /^(Installing|Building)/.test(line))).toEqual([])
  third.command.kill('SIGTERM')
  await third.ended
  await expect.poll(() => groupIsGone(third.command.pid!)).toBe(true)
})

test('a port that is taken, a wrong value and an unknown wish are each one sentence', async () => {
  const server = createServer()
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', () => resolve()))
  const { port } = server.address() as { port: number }
  const taken = npmStart({ PORT: String(port) })
  expect(await taken.address).toBeNull()
  expect(taken.said).toContain(
    `PORT: ${port} is taken by another program. Stop that, or set PORT to another port, such as ${port + 1}.`,
  )
  server.close()

  const wrong = npmStart({ PORT: 'http' })
  expect(await wrong.address).toBeNull()
  expect(wrong.said.filter(Boolean)).toHaveLength(1)
  expect(wrong.said[0]).toMatch(/^PORT: "http" is not a port number/)

  const unknown = npmStart({}, ['--emtpy'])
  expect(await unknown.address).toBeNull()
  expect(unknown.said[0]).toMatch(/^--emtpy is not known to npm start/)
})
