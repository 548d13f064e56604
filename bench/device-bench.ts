import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { postgresFolder } from '../portal/src/platform/server/postgres.ts'

export interface DevicePortal {
  /** where browsers visit it */
  browsers: string
  /** where machines connect */
  machines: string
  /** Tells the process something and waits for its answer: see device-portal.ts. */
  tell<Answer>(told: unknown): Promise<Answer>
}

/** Runs device-portal.ts with so many machines for as long as the work takes. */
export async function withDevicePortal(machines: number, work: (portal: DevicePortal) => Promise<void>): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), 'fettle-bench-'))
  const settings = {
    FETTLE_MODE: 'demo',
    NODE_ENV: 'production',
    PORT: '0',
    MQTT_PORT: '0',
    DATA_DIR: dataDir,
    LOG_LEVEL: 'error',
  }
  const child = fork(join(import.meta.dirname, 'device-portal.ts'), [String(machines)], {
    env: { ...process.env, ...settings },
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  })
  const ended = once(child, 'exit')
  try {
    const addresses = await readAddresses(child.stdout!)
    await work({
      ...addresses,
      async tell<Answer>(told: unknown) {
        child.send(told as object)
        return ((await once(child, 'message')) as [Answer])[0]
      },
    })
  } finally {
    if (child.connected) child.disconnect()
    await ended
    rmSync(dataDir, { recursive: true, force: true })
    rmSync(postgresFolder(dataDir), { recursive: true, force: true })
  }
}

async function readAddresses(said: NodeJS.ReadableStream): Promise<{ browsers: string; machines: string }> {
  for await (const chunk of said) {
    const found = /^ready (\S+) (\S+)/m.exec(String(chunk))
    if (found) return { browsers: found[1]!, machines: found[2]! }
  }
  throw new Error('The portal ended before it was ready')
}

/** The cookie of one of the demo's people: 'service@zhizao.example' may see machines. */
export async function signIn(address: string, email: string): Promise<string> {
  const answer = await fetch(`${address}/api/v1/auth/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: address },
    body: JSON.stringify({ email, password: 'fettle-demo-2026', remember: false }),
  })
  if (!answer.ok) throw new Error(`Signing in answers ${answer.status}: ${await answer.text()}`)
  return answer.headers
    .getSetCookie()
    .map(cookie => cookie.split(';')[0])
    .join('; ')
}

/** One chart, as a page asks for it; answers the milliseconds it took. */
export async function readChart(
  { browsers }: Pick<DevicePortal, 'browsers'>,
  cookie: string,
  { deviceId, metric, from, to }: { deviceId: string; metric: string; from: number; to: number },
): Promise<number> {
  const began = performance.now()
  const span = new URLSearchParams({ from: new Date(from).toISOString(), to: new Date(to).toISOString() })
  const path = `/api/v1/console/devices/${deviceId}/metrics/${metric}/readings?${span}`
  const answer = await fetch(browsers + path, { headers: { cookie } })
  if (!answer.ok) throw new Error(`${path} answers ${answer.status}: ${await answer.text()}`)
  await answer.arrayBuffer()
  return performance.now() - began
}
