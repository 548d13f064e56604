import { type ChildProcess, fork } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { closeSync, existsSync, mkdirSync, openSync, readFileSync } from 'node:fs'
import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { StartFailure } from './start-failure.ts'
import type { ClickHouseAddress } from './warehouse-address.ts'
import type { ProcessOrder, ProcessWord } from './warehouse-process.ts'

export interface EmbeddedWarehouse {
  address: ClickHouseAddress
  /** of the process that serves it now; for tests that kill it */
  pid(): number | undefined
  stop(): Promise<void>
}

export interface EmbeddedWarehouseOptions {
  /** use the process of a portal that is running on the folder, for commands beside it; the default is to refuse */
  join?: boolean
  /** sessions at once, and how many statements wait for one */
  queries?: ProcessOrder['queries']
  inserts?: ProcessOrder['inserts']
  /** ms for which the folder is waited for, where another process has it; default 5000 */
  patience?: number
  /** called when the process ends although nobody stopped it, when it cannot be started again yet (it goes on trying), and when its write-ahead log is stuck */
  onTrouble?: (reason: string) => void
}

/** Where the embedded ClickHouse of a data folder lives. It does not mind being run as root. */
export const warehouseFolder = (dataDir: string): string => join(dataDir, 'warehouse')

/**
 * Starts the embedded ClickHouse as a child process, on 127.0.0.1 at a free port under a password of its own. One that ends by itself is
 * started again at the same address; all of them end with this process, however that ends.
 * Throws StartFailure where another portal uses the folder, or this machine has none.
 */
export async function startEmbeddedWarehouse(folder: string, options: EmbeddedWarehouseOptions = {}): Promise<EmbeddedWarehouse> {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const password = randomBytes(24).toString('hex')
  const { queries = { atOnce: 4, waiting: 256 }, inserts = { atOnce: 2, waiting: 256 }, patience = 5000 } = options
  const order = { folder, password, port: 0, patience, queries, inserts }
  let child: ChildProcess
  try {
    const launched = await launch(order, options)
    child = launched.child
    order.port = launched.port
  } catch (error) {
    const running = options.join && error instanceof FolderTaken ? readAddress(folder) : null
    if (running) return { address: running, pid: () => undefined, stop: async () => {} }
    throw error
  }
  const address = { url: `http://127.0.0.1:${order.port}`, username: 'fettle', password, database: 'fettle' }
  await writeFile(addressFile(folder), JSON.stringify(address), { mode: 0o600 })
  return keepRunning(child, order, address, options)
}

function keepRunning(
  first: ChildProcess,
  order: ProcessOrder,
  address: ClickHouseAddress,
  { onTrouble }: EmbeddedWarehouseOptions,
): EmbeddedWarehouse {
  let child = first
  let stopping = false
  let reviving = Promise.resolve()
  const atExit = () => child.kill('SIGKILL')
  process.on('exit', atExit)
  watch()

  function watch(): void {
    const dead = (code: number | null, signal: NodeJS.Signals | null) => {
      if (stopping) return
      onTrouble?.(`The embedded ClickHouse ended (${signal ?? `code ${code}`}) and is started again${lastWords(order.folder)}`)
      reviving = revive()
    }
    if (child.exitCode !== null || child.signalCode !== null) dead(child.exitCode, child.signalCode)
    else child.once('exit', dead)
  }

  async function revive(): Promise<void> {
    for (let pause = 50; !stopping; pause = Math.min(pause * 2, 10_000)) {
      await delay(pause)
      try {
        if (!stopping) child = (await launch(order, { onTrouble })).child
        return watch()
      } catch (error) {
        onTrouble?.((error as Error).message)
      }
    }
  }

  return {
    address,
    pid: () => child.pid,
    async stop() {
      stopping = true
      await end(child)
      await reviving
      await end(child) // one that was just being started
      process.off('exit', atExit)
      await rm(addressFile(order.folder), { force: true })
    },
  }
}

class FolderTaken extends StartFailure {}

/** Answers when it serves. */
async function launch(
  order: ProcessOrder,
  { onTrouble }: Pick<EmbeddedWarehouseOptions, 'onTrouble'>,
): Promise<{ child: ChildProcess; port: number }> {
  const log = openSync(join(order.folder, 'process.log'), 'w', 0o600)
  const child = fork(join(import.meta.dirname, 'warehouse-process.ts'), [order.folder], {
    execArgv: [],
    // as many threads as sessions may be at work, and some for files
    env: { TZ: 'UTC', UV_THREADPOOL_SIZE: String(order.queries.atOnce + order.inserts.atOnce + 4) },
    // Ctrl-C in the terminal reaches the whole foreground group: the portal must end first, what it stands on after it
    detached: true,
    stdio: ['ignore', log, log, 'ipc'],
  })
  closeSync(log)
  const word = await new Promise<ProcessWord>(resolve => {
    child.on('message', said => {
      const word = said as ProcessWord
      if (word.kind === 'trouble') onTrouble?.(word.reason)
      else resolve(word)
    })
    child.once('error', error => resolve({ kind: 'failed', reason: error.message }))
    child.once('exit', (code, signal) =>
      resolve({ kind: 'failed', reason: `it ended (${signal ?? `code ${code}`})${lastWords(order.folder)}` }),
    )
    child.send(order, () => {}) // where it is gone already, its end tells
  })
  if (word.kind === 'ready') return { child, port: word.port }
  child.kill('SIGKILL')
  if (word.kind === 'taken')
    throw new FolderTaken(
      `Another portal uses the warehouse in ${order.folder}: stop it first, or set DATA_DIR to another folder.`,
    )
  throw new StartFailure(
    `The embedded ClickHouse does not start: ${word.reason}. Run npm install where it is missing, free some space, or set CLICKHOUSE_URL to a ClickHouse server.`,
  )
}

const addressFile = (folder: string) => join(folder, 'address')

/** Of the portal that runs on the folder. */
function readAddress(folder: string): ClickHouseAddress | null {
  return existsSync(addressFile(folder)) ? JSON.parse(readFileSync(addressFile(folder), 'utf8')) : null
}

function lastWords(folder: string): string {
  const lines = readFileSync(join(folder, 'process.log'), 'utf8').trim().split('\n')
  const words = lines.findLast(line => /error|exception/i.test(line)) ?? ''
  return words ? `: ${words.slice(0, 300)}` : ''
}

/** It gets three seconds; what was acknowledged is on the disk anyway. */
async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return
  const gone = new Promise<void>(resolve => child.once('exit', () => resolve()))
  child.kill('SIGTERM')
  const impatience = setTimeout(() => child.kill('SIGKILL'), 3000)
  await gone
  clearTimeout(impatience)
}
