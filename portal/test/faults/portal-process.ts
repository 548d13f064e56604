import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { promisify } from 'node:util'

/** A portal in a process of its own. */
export interface PortalProcess {
  pid: number
  /** resolves when it takes requests; rejects when it ends before */
  ready: Promise<Ready>
  /** kill -9, together with the processes named; resolves when it is gone */
  kill(together?: readonly number[]): Promise<void>
  /** as an operator stops it */
  stop(): Promise<void>
}

export interface Ready {
  /** http://127.0.0.1:<port> */
  url: string
  databaseUrl: string
  /** an account that may work on leads */
  sales: { email: string; password: string }
}

const program = join(import.meta.dirname, 'portal-program.ts')

/** environment: settings of the portal; DATABASE_URL absent: the embedded server in DATA_DIR */
export function startPortalProcess(environment: Record<string, string>): PortalProcess {
  const child = spawn(process.execPath, [program], {
    env: {
      PATH: process.env.PATH,
      FETTLE_MODE: 'demo',
      PORT: '0',
      HOST: '127.0.0.1',
      NODE_COMPILE_CACHE: join(environment.DATA_DIR!, 'compile-cache'),
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    detached: true, // Ctrl-C in the terminal ends the trials, which then end their portals
  })
  const ended = once(child, 'exit')
  const ready = whenReady(child, ended)
  ready.catch(() => {}) // it may be killed before
  const end = async (signal: NodeJS.Signals, together: readonly number[] = []) => {
    for (const pid of together) killOne(pid)
    child.kill(signal)
    if (child.exitCode === null && child.signalCode === null) await ended
  }
  return { pid: child.pid!, ready, kill: together => end('SIGKILL', together), stop: () => end('SIGTERM') }
}

async function whenReady(child: ChildProcess, ended: Promise<unknown>): Promise<Ready> {
  const lines = createInterface({ input: child.stdout! })
  const said = new Promise<Ready>(resolve => {
    lines.on('line', line => {
      if (!line.startsWith('{"url"')) return console.error(line)
      const { url, ...rest } = JSON.parse(line) as Ready
      resolve({ ...rest, url: `http://127.0.0.1:${new URL(url).port}` })
    })
  })
  const died = ended.then((): never => {
    throw new Error(`The portal ended before it was ready (${child.signalCode ?? `code ${child.exitCode}`})`)
  })
  died.catch(() => {})
  return Promise.race([said, died])
}

/** The embedded server's postmaster and all its processes; none where it does not run. */
export async function postgresProcesses(folder: string): Promise<number[]> {
  let postmaster: number
  try {
    postmaster = Number(readFileSync(join(folder, 'data/postmaster.pid'), 'utf8').split('\n')[0])
  } catch {
    return []
  }
  const { stdout } = await promisify(execFile)('ps', ['-A', '-o', 'pid=,ppid=,command='])
  const processes = stdout
    .split('\n')
    .map(line => /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line))
    .filter(found => found !== null)
  const own = processes.find(([, pid, , command]) => Number(pid) === postmaster && command!.includes(folder))
  if (!own) return [] // the file of one that has gone
  return [postmaster, ...processes.filter(([, , parent]) => Number(parent) === postmaster).map(([, pid]) => Number(pid))]
}

function killOne(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // it has gone already
  }
}
