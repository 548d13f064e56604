import { execFileSync, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connectAsync } from 'mqtt'
import { writeAcl } from '#platform/server'
import { freePort } from './test-portal.ts'

/** A mosquitto of this machine, with the rights that `fettle broker acl mosquitto` writes. */
export interface Mosquitto {
  port: number
  tlsPort: number
  /** Lets others in too, from when it resolves: passwords by user. */
  admit(users: Record<string, string>): Promise<void>
  /** Ends it without warning, and starts it again with the sessions it had. */
  restart(): Promise<void>
  stop(): Promise<void>
}

/** Where the program is; null: this machine has none. */
export function findMosquitto(): string | null {
  for (const path of ['/usr/sbin/mosquitto', '/usr/local/sbin/mosquitto', '/opt/homebrew/sbin/mosquitto', 'mosquitto']) {
    try {
      execFileSync(path, ['-h'], { stdio: 'ignore' })
      return path
    } catch (error) {
      if ((error as { status?: number }).status !== undefined && (error as NodeJS.ErrnoException).code !== 'ENOENT') return path // -h answers 3
    }
  }
  return null
}

export async function startMosquitto(
  program: string,
  {
    users,
    certificates,
  }: {
    /** passwords by user; others become known by `admit` */
    users: Record<string, string>
    /** for a second listener, which speaks TLS and wants client certificates */
    certificates?: { ca: string; cert: string; key: string }
  },
): Promise<Mosquitto> {
  const folder = mkdtempSync(join(tmpdir(), 'fettle-mosquitto-'))
  const file = (name: string, text: string) => {
    writeFileSync(join(folder, name), text, { mode: 0o600 })
    return join(folder, name)
  }
  const [port, tlsPort] = [await freePort(), await freePort()]
  const hash = (known: Record<string, string>) => {
    const lines = Object.entries(known).map(([name, password]) => `${name}:${password}\n`)
    const passwords = file('passwords', lines.join(''))
    const hashing = program.replace(/sbin\/mosquitto$/, 'bin/mosquitto_passwd').replace(/^mosquitto$/, 'mosquitto_passwd')
    execFileSync(hashing, ['-U', passwords])
    return passwords
  }
  const known = { ...users }
  const secure = certificates
    ? `listener ${tlsPort} 127.0.0.1
cafile ${file('ca.pem', certificates.ca)}
certfile ${file('cert.pem', certificates.cert)}
keyfile ${file('key.pem', certificates.key)}
require_certificate true
use_identity_as_username true
`
    : ''
  const configuration = file(
    'mosquitto.conf',
    `${process.getuid?.() === 0 ? 'user root\n' : ''}allow_anonymous false
password_file ${hash(known)}
acl_file ${file('acl', writeAcl('mosquitto', { portal: 'fettle', device: '' }))}
max_inflight_messages 1000
max_queued_messages 100000
persistence true
persistence_location ${folder}/
autosave_on_changes true
autosave_interval 1
listener ${port} 127.0.0.1
${secure}`,
  )
  const begin = async () => {
    const child = spawn(program, ['-c', configuration], { stdio: ['ignore', 'ignore', 'pipe'] })
    let said = ''
    child.stderr.on('data', text => {
      said += text
    })
    const ended = new Promise<void>(resolve => child.once('exit', () => resolve()))
    for (let tries = 0; !(await answers(port)); tries++) {
      if (tries > 100 || child.exitCode !== null) throw new Error(`mosquitto does not start: ${said}`)
      await new Promise(resolve => setTimeout(resolve, 50))
    }
    return { child, ended }
  }
  let running = await begin()
  return {
    port,
    tlsPort,
    async admit(others) {
      hash(Object.assign(known, others))
      running.child.kill('SIGHUP') // it reads its files anew
      const [name, password] = Object.entries(others)[0]!
      while (!(await letsIn(port, name, password))) await new Promise(resolve => setTimeout(resolve, 50))
    },
    async restart() {
      running.child.kill('SIGTERM') // it keeps sessions in its file
      await running.ended
      running = await begin()
    },
    async stop() {
      running.child.kill('SIGKILL')
      await running.ended
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

const answers = (port: number) =>
  new Promise<boolean>(resolve => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy()
      resolve(true)
    })
    socket.on('error', () => resolve(false))
  })

const letsIn = (port: number, username: string, password: string) =>
  connectAsync(`mqtt://127.0.0.1:${port}`, { username, password, clientId: randomUUID(), reconnectPeriod: 0 }).then(
    client => client.endAsync().then(() => true),
    () => false,
  )
