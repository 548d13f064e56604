import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { chownSync, existsSync, openSync, readFileSync } from 'node:fs'
import { chmod, chown, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { promisify } from 'node:util'
import pg from 'pg'
import { type DiskReserve, keepReserve } from './disk-reserve.ts'
import { asRoot, findBinaries, type PostgresBinaries, rootHome } from './postgres-binaries.ts'
import { StartFailure } from './start-failure.ts'

export interface EmbeddedPostgres {
  /** of the portal's database */
  url: string
  /** folder that holds everything of this server */
  folder: string
  stop(): Promise<void>
}

export interface EmbeddedPostgresOptions {
  /** survives a power cut; false is for throw-away databases in tests */
  durable?: boolean
  /** use the server of a portal that is running on the folder, for commands beside it; the default is to refuse */
  join?: boolean
  /** hands every finished segment of the write-ahead log to this folder, an unfinished one after so many seconds */
  archive?: { folder: string; seconds: number }
  reserve?: DiskReserve
  /** called when the server ends although nobody stopped it, when it cannot be started again yet (it goes on trying), and when space runs out */
  onTrouble?: (reason: string) => void
  /** called when another portal has taken the folder meanwhile: there is nothing to go on with */
  onLost?: (reason: string) => void
}

const name = 'fettle'

/** Where the embedded server of a data folder lives: beside it, or, for root, where nobody can reach it. */
export const postgresFolder = (dataDir: string): string =>
  asRoot ? join(rootHome, createHash('sha256').update(dataDir).digest('hex').slice(0, 16)) : join(dataDir, 'postgres')

/**
 * Starts PostgreSQL as a child process, on 127.0.0.1 at a free port under a password of its own, creating cluster and database
 * where they are missing. A server left behind by a portal that was killed is stopped first; one that ends by itself is started
 * again at the same address. Throws StartFailure when another portal uses the folder.
 */
export async function startPostgres(folder: string, options: EmbeddedPostgresOptions = {}): Promise<EmbeddedPostgres> {
  const binaries = await findBinaries()
  const cluster = { folder, data: join(folder, 'data'), binaries, password: '' }
  await makeFolder(folder, binaries)
  if (existsSync(join(folder, unfinishedRestore)))
    throw new StartFailure(`A restore into ${folder} was interrupted: run it again before the portal starts.`)
  const started = await inTurn(folder, async () => {
    cluster.password = await readPassword(cluster)
    if (!existsSync(cluster.data)) await createCluster(cluster, options.durable ?? true)
    const running = await endLeftBehind(cluster, options.join ?? false)
    if (running) return running
    return begin(cluster, options)
  })
  if (typeof started === 'string') return { url: started, folder, stop: async () => {} }
  const keeper = await keepRunning(cluster, started, options)
  return { url: address(cluster, started.port, name), folder, stop: keeper.stop }
}

/** A server that runs, and the connection whose lock says whose it is. */
interface Running {
  child: ChildProcess
  port: number
  owner: pg.Client
}

async function begin(cluster: Cluster, options: EmbeddedPostgresOptions, samePort?: number): Promise<Running> {
  const { child, port } = await launch(cluster, {
    durable: options.durable ?? true,
    settings: await archiving(cluster, options),
    samePort,
  })
  const owner = await claim(cluster, port, 3000).catch(async error => {
    await end(child)
    throw error
  })
  return { child, port, owner }
}

/** Starts the server again whenever it ends: whoever is connected finds it at the same address. */
async function keepRunning(
  cluster: Cluster,
  first: Running,
  options: EmbeddedPostgresOptions,
): Promise<{ stop(): Promise<void> }> {
  let running = first
  let stopping = false
  let reviving = Promise.resolve()
  const atExit = () => running.child.kill('SIGINT')
  process.on('exit', atExit)
  const reserve = keepReserve(
    cluster.folder,
    statement => running.owner.query(statement),
    sentence => options.onTrouble?.(sentence),
    options.reserve,
  )
  watch()
  await reserve.look()

  function watch(): void {
    running.child.once('exit', (code, signal) => {
      if (stopping) return
      options.onTrouble?.(`PostgreSQL ended (${signal ?? `code ${code}`}) and is started again: ${lastWords(cluster)}`)
      reviving = revive()
    })
  }

  async function revive(): Promise<void> {
    for (let pause = 100; !stopping; pause = Math.min(pause * 2, 10_000)) {
      await delay(pause)
      try {
        if (!stopping) running = await inTurn(cluster.folder, () => begin(cluster, options, first.port))
        if (stopping) return
        return watch()
      } catch (error) {
        const reason = (error as Error).message
        if (reason === alreadyRunning(cluster).message) return options.onLost?.(reason)
        options.onTrouble?.(reason)
      }
    }
  }

  return {
    async stop() {
      stopping = true
      await reviving
      await reserve.stop()
      await running.owner.end().catch(() => {})
      await end(running.child)
      process.off('exit', atExit)
    },
  }
}

/** Beside the data while a restore exchanges it: without it a portal would begin anew with an empty database. */
export const unfinishedRestore = 'restore-unfinished'

async function makeFolder(folder: string, binaries: PostgresBinaries): Promise<void> {
  await mkdir(folder, { recursive: true })
  await chmod(folder, 0o700)
  await handOver(folder, binaries)
}

/** Makes the folder, for a database to be put there. Throws StartFailure where a portal is running on it. A server left behind by a killed one is stopped. */
export async function demandStopped(folder: string): Promise<void> {
  const cluster = { folder, data: join(folder, 'data'), binaries: await findBinaries(), password: '' }
  await makeFolder(folder, cluster.binaries)
  if (!existsSync(cluster.data)) return
  cluster.password = await readPassword(cluster)
  await inTurn(folder, () => endLeftBehind(cluster, false))
}

export interface Recovery {
  /** shell command that puts segment %f of the write-ahead log at %p, or fails where there is none */
  restoreCommand: string
  /** recovery_target_time or the like; empty: to the end of the log */
  target: Record<string, string>
  archive?: EmbeddedPostgresOptions['archive']
  durable?: boolean
}

/**
 * Runs the server of `folder`, whose data is a base backup, until it has replayed the log and begun a timeline of its own, and stops
 * it. Answers when the last transaction it replayed was made.
 * Throws StartFailure with the server's last words where it does not get there.
 */
export async function recoverPostgres(
  folder: string,
  { restoreCommand, target, durable = true, ...options }: Recovery,
): Promise<{ lastTransaction: string | null }> {
  const binaries = await findBinaries()
  const cluster = { folder, data: join(folder, 'data'), binaries, password: await readPassword({ folder, binaries }) }
  for (const path of [folder, cluster.data]) await handOver(path, binaries)
  await writeFile(join(cluster.data, 'recovery.signal'), '')
  await handOver(join(cluster.data, 'recovery.signal'), binaries)
  const { child } = await launch(cluster, {
    durable,
    settings: {
      ...(await archiving(cluster, options)),
      hot_standby: 'off', // else it says ready before it has replayed everything
      restore_command: restoreCommand,
      recovery_target_action: 'promote',
      ...target,
    },
    patience: 6 * 3_600_000,
    attempts: 1,
    begun: child => process.once('exit', () => child.kill('SIGINT')),
  })
  await end(child)
  const log = await readFile(join(folder, 'server.log'), 'utf8')
  return { lastTransaction: /last completed transaction was at log time (.+)/.exec(log)?.[1] ?? null }
}

/** Lets one process at a time start a server in the folder; one that died on the way, or takes too long, is not waited for. */
async function inTurn<T>(folder: string, work: () => Promise<T>): Promise<T> {
  const file = join(folder, 'starting')
  const take = () =>
    writeFile(file, String(process.pid), { flag: 'wx' }).then(
      () => true,
      (error: NodeJS.ErrnoException) => {
        if (error.code === 'EEXIST') return false
        throw new StartFailure(
          `${folder} cannot be written (${error.code}): free some space there or set DATA_DIR to another folder.`,
        )
      },
    )
  for (const deadline = Date.now() + 30_000; !(await take()); await delay(50)) {
    const other = Number(await readFile(file, 'utf8').catch(() => '0'))
    if (Date.now() > deadline || (other > 0 && !isAlive(other))) await rm(file, { force: true })
  }
  try {
    return await work()
  } finally {
    await rm(file, { force: true })
  }
}

interface Cluster {
  folder: string
  data: string
  binaries: PostgresBinaries
  password: string
}

const address = ({ password }: Cluster, port: number, database: string) =>
  `postgres://${name}:${password}@127.0.0.1:${port}/${database}`

async function handOver(path: string, { user }: PostgresBinaries): Promise<void> {
  if (user.uid !== undefined) await chown(path, user.uid, user.gid!)
}

async function readPassword({ folder, binaries }: Pick<Cluster, 'folder' | 'binaries'>): Promise<string> {
  const file = join(folder, 'password')
  if (!existsSync(file)) {
    await writeFile(`${file}.new`, randomBytes(24).toString('hex'), { mode: 0o600 }) // on a full disk half of it would be written
    await handOver(`${file}.new`, binaries)
    await rename(`${file}.new`, file)
  }
  return (await readFile(file, 'utf8')).trim()
}

async function createCluster(cluster: Cluster, durable: boolean): Promise<void> {
  const unfinished = join(cluster.folder, 'data.unfinished') // an interrupted initdb must not look like a cluster
  // Code point order needs no locale of the machine; characters are classified by the machine's C.UTF-8 where it has one.
  const attempt = async (characters: string) => {
    await rm(unfinished, { recursive: true, force: true })
    await promisify(execFile)(
      cluster.binaries.initdb,
      [
        `--pgdata=${unfinished}`,
        `--username=${name}`,
        `--pwfile=${join(cluster.folder, 'password')}`,
        '--auth=scram-sha-256',
        '--encoding=UTF8',
        '--locale=C',
        '--locale-provider=builtin',
        '--builtin-locale=C.UTF-8',
        `--lc-ctype=${characters}`,
        '--no-instructions',
        ...(durable ? [] : ['--no-sync']),
      ],
      processOptions(cluster),
    )
  }
  await attempt('C.UTF-8')
    .catch(() => attempt('C'))
    .catch((error: { stderr?: string; message: string }) => {
      const reason = (error.stderr || error.message).trim().split('\n').at(-1)
      throw new StartFailure(
        `The embedded PostgreSQL could not be created in ${cluster.folder}: ${reason}. Free some space there or set DATABASE_URL.`,
      )
    })
  await rename(unfinished, cluster.data)
}

// A clean environment: PG* variables of the person at the terminal mean another server.
const processOptions = ({ folder, binaries }: Cluster) => ({
  ...binaries.user,
  cwd: folder,
  env: { PATH: process.env.PATH ?? '', LC_ALL: 'C', TZ: 'UTC' },
})

interface Launch {
  durable: boolean
  /** beyond those every server has */
  settings: Settings
  samePort?: number | undefined
  /** milliseconds until it is ready; a recovery may take long */
  patience?: number
  attempts?: number
  begun?(child: ChildProcess): void
}

async function launch(
  cluster: Cluster,
  { durable, settings, samePort, patience = 60_000, attempts = 3, begun }: Launch,
): Promise<{ child: ChildProcess; port: number }> {
  for (let attempt = 1; ; attempt++) {
    const port = samePort ?? (await freePort())
    const words = Object.entries({ ...usualSettings(port, durable), ...settings }).flatMap(([key, value]) => [
      '-c',
      `${key}=${value}`,
    ])
    const child = spawn(cluster.binaries.postgres, ['-D', cluster.data, ...words], {
      ...processOptions(cluster),
      // Ctrl-C in the terminal reaches the whole foreground group: the portal must end first, its database after it.
      detached: true,
      stdio: ['ignore', 'ignore', serverLog(cluster)],
    })
    begun?.(child)
    const problem = await ready(cluster, child, patience)
    if (problem === null) return { child, port }
    if (attempt >= attempts) {
      throw new StartFailure(`The embedded PostgreSQL does not start: ${problem} (${join(cluster.folder, 'server.log')}).`)
    }
  }
}

type Settings = Record<string, string | number>

function usualSettings(port: number, durable: boolean): Settings {
  return {
    port,
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: 220,
    timezone: 'UTC',
    log_timezone: 'UTC',
    jit: 'off', // short statements only; compiling them costs more than it gains
    io_method: 'sync', // three processes fewer at rest
    max_logical_replication_workers: 0,
    ...(durable ? {} : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
  }
}

/** PostgreSQL's own module copies, syncs and renames, and never overwrites a file that says something else. */
async function archiving({ binaries }: Cluster, { archive }: Pick<EmbeddedPostgresOptions, 'archive'>): Promise<Settings> {
  if (!archive) return {}
  await mkdir(archive.folder, { recursive: true, mode: 0o700 })
  await handOver(archive.folder, binaries)
  return {
    archive_mode: 'on',
    archive_library: 'basic_archive',
    'basic_archive.archive_directory': archive.folder,
    archive_timeout: archive.seconds,
  }
}

function serverLog({ folder, binaries }: Cluster): number {
  const path = join(folder, 'server.log')
  const file = openSync(path, 'w', 0o600)
  if (binaries.user.uid !== undefined) chownSync(path, binaries.user.uid, binaries.user.gid!)
  return file
}

/** Waits as pg_ctl does, for the word "ready" in postmaster.pid. Returns what went wrong, or null. */
async function ready(cluster: Cluster, child: ChildProcess, patience: number): Promise<string | null> {
  let ended: string | null = null
  child.on('error', error => {
    ended = error.message
  })
  child.on('exit', () => {
    ended ??= lastWords(cluster)
  })
  for (const deadline = Date.now() + patience; Date.now() < deadline; await delay(10)) {
    if (ended !== null) return ended
    const lines = postmasterFile(cluster)
    if (Number(lines[0]) === child.pid && lines[7]?.startsWith('ready')) return null
  }
  await end(child)
  return `it was not ready after ${patience / 1000} seconds`
}

function lastWords({ folder }: Cluster): string {
  const lines = readFileSync(join(folder, 'server.log'), 'utf8').trim().split('\n')
  return lines.findLast(line => line.includes('FATAL:'))?.replace(/^.*FATAL:\s*/, '') ?? lines.at(-1) ?? 'no reason given'
}

const postmasterPath = ({ data }: Cluster) => join(data, 'postmaster.pid')

function postmasterFile(cluster: Cluster): string[] {
  try {
    return readFileSync(postmasterPath(cluster), 'utf8').split('\n')
  } catch {
    return []
  }
}

/** The portal that owns the server holds a lock in it; the lock goes with its process, however that ends. */
async function claim(cluster: Cluster, port: number, patience: number): Promise<pg.Client> {
  await createDatabase(cluster, port)
  const client = new pg.Client({ connectionString: address(cluster, port, name), application_name: 'fettle-owner' })
  client.on('error', () => {}) // the server's end is told by the child's exit
  await client.connect()
  // a portal that is just stopping gets the time to do so
  for (const deadline = Date.now() + patience; Date.now() <= deadline; await delay(50)) {
    const { rows } = await client.query<{ free: boolean }>(`select pg_try_advisory_lock(hashtext('fettle-owner')) as free`)
    if (rows[0]!.free) return client
  }
  await client.end()
  throw alreadyRunning(cluster)
}

const alreadyRunning = ({ folder }: Cluster) =>
  new StartFailure(`Another portal is running on the database in ${folder}: stop it first, or set DATA_DIR to another folder.`)

async function createDatabase(cluster: Cluster, port: number): Promise<void> {
  const client = new pg.Client({ connectionString: address(cluster, port, 'postgres') })
  await client.connect()
  try {
    const { rows } = await client.query('select from pg_database where datname = $1', [name])
    if (rows.length === 0) await client.query(`create database ${name} template template0`)
  } finally {
    await client.end()
  }
}

/** Ends the server of a portal that was killed. Answers the address of one whose portal lives, where it may be joined. */
async function endLeftBehind(cluster: Cluster, join: boolean): Promise<string | null> {
  const [pid, , , port] = postmasterFile(cluster)
  if (!pid) return null
  if (!(await isPostmasterOf(cluster, Number(pid)))) {
    await rm(postmasterPath(cluster), { force: true }) // its number may belong to another process by now
    return null
  }
  try {
    await claim(cluster, Number(port), join ? 0 : 3000).then(client => client.end())
  } catch (error) {
    if (error instanceof StartFailure && join) return address(cluster, Number(port), name)
    if (error instanceof StartFailure) throw error // otherwise it does not answer: it goes
  }
  for (const [signal, patience] of [
    ['SIGINT', 5000],
    ['SIGQUIT', 2000],
    ['SIGKILL', 2000],
  ] as const) {
    if (isAlive(Number(pid))) process.kill(Number(pid), signal)
    for (const deadline = Date.now() + patience; Date.now() < deadline; await delay(10)) {
      if (!(await isPostmasterOf(cluster, Number(pid)))) return null
    }
  }
  return null
}

async function isPostmasterOf({ data }: Cluster, pid: number): Promise<boolean> {
  if (!isAlive(pid)) return false
  const command = existsSync(`/proc/${pid}/cmdline`)
    ? await readFile(`/proc/${pid}/cmdline`, 'utf8')
    : await promisify(execFile)('ps', ['-o', 'command=', '-p', String(pid)]).then(
        ({ stdout }) => stdout,
        () => '',
      )
  return command.includes(data)
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** Fast shutdown; after 6 s at once, which the next start recovers from. */
async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return
  const gone = new Promise<void>(resolve => child.once('exit', () => resolve()))
  child.kill('SIGINT')
  const impatience = setTimeout(() => child.kill('SIGQUIT'), 6000)
  await gone
  clearTimeout(impatience)
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number }
      server.close(() => resolve(port))
    })
  })
}
