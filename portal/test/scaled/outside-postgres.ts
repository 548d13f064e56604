import { execFileSync, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { freePort } from '../test-portal.ts'

export interface OutsidePostgres {
  /** of its maintenance database, where databases may be made */
  url: string
  stop(): Promise<void>
}

/** The folder with this machine's own PostgreSQL, the newest; null: it has none of version 15 or newer. */
export function findPostgres(): string | null {
  const home = '/usr/lib/postgresql'
  const versions = existsSync(home)
    ? readdirSync(home)
        .map(Number)
        .filter(version => version >= 15)
    : []
  return versions.length > 0 ? join(home, String(Math.max(...versions)), 'bin') : null
}

/** A server of its own from those programs, gone when it is stopped. It runs as `nobody` where this process is root, which PostgreSQL refuses. */
export async function startOutsidePostgres(programs: string): Promise<OutsidePostgres> {
  const folder = mkdtempSync(join(tmpdir(), 'fettle-outside-postgres-'))
  const port = await freePort()
  const nobody = process.getuid?.() === 0 ? { uid: idOf('-u'), gid: idOf('-g') } : {}
  if (nobody.uid) chownSync(folder, nobody.uid, nobody.gid)
  const [data, secret, password] = [join(folder, 'data'), join(folder, 'password'), randomBytes(12).toString('hex')]
  writeFileSync(secret, password)
  const settings = ['-A', 'scram-sha-256', '--pwfile', secret, '-U', 'fettle', '-E', 'UTF8', '--locale=C.UTF-8']
  execFileSync(join(programs, 'initdb'), ['-D', data, ...settings], { ...nobody, cwd: folder, stdio: 'ignore' })
  const listening = ['-p', String(port), '-k', folder, '-c', 'listen_addresses=127.0.0.1', '-c', 'max_connections=300']
  const server = spawn(join(programs, 'postgres'), ['-D', data, ...listening], { ...nobody, cwd: folder, stdio: 'ignore' })
  const ended = once(server, 'exit')
  const url = `postgres://fettle:${password}@127.0.0.1:${port}/postgres`
  await answers(url)
  return {
    url,
    async stop() {
      server.kill('SIGINT')
      await ended
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

const idOf = (which: '-u' | '-g') => Number(execFileSync('id', [which, 'nobody'], { encoding: 'utf8' }))

async function answers(url: string): Promise<void> {
  for (const deadline = Date.now() + 20_000; ; ) {
    const client = new pg.Client({ connectionString: url })
    try {
      await client.connect()
      return await client.end()
    } catch (error) {
      if (Date.now() > deadline) throw error
      await new Promise(resolve => setTimeout(resolve, 50))
    }
  }
}
