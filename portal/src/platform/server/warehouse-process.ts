// The embedded ClickHouse: a process of its own that speaks the HTTP interface of a ClickHouse server over chdb, on 127.0.0.1 alone.
// Started by warehouse-embedded.ts, told what to do by its first message, and gone when whoever started it is gone.
import { timingSafeEqual } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { open, readdir, stat } from 'node:fs/promises'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { totalmem } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as delay } from 'node:timers/promises'
import { forgetUnfinishedBatches } from './warehouse-repair.ts'
import { LineFull, openLane, type SessionLane, type WarehouseStatement } from './warehouse-sessions.ts'
import { hasSecondStatement, onlyReads } from './warehouse-sql.ts'
import { openWal, shownInHeader, WalFull, type WarehouseWal } from './warehouse-wal.ts'

export interface ProcessOrder {
  folder: string
  password: string
  /** 0: the system picks one */
  port: number
  /** ms for which the folder is waited for, where another process has it */
  patience: number
  queries: { atOnce: number; waiting: number }
  inserts: { atOnce: number; waiting: number }
}

export type ProcessWord =
  | { kind: 'ready'; port: number }
  | { kind: 'taken' }
  | { kind: 'failed'; reason: string }
  | { kind: 'trouble'; reason: string }

export const embeddedUser = 'fettle'
const database = 'fettle'
/** the largest body, and all bodies that wait together */
const bodyLimit = 64 * 2 ** 20
const bodiesLimit = 256 * 2 ** 20

process.once('message', (order: ProcessOrder) => {
  start(order).catch(error => tell({ kind: 'failed', reason: (error as Error).message }).finally(() => process.exit(1)))
})
// a kill -9 of the portal ends the channel too
process.once('disconnect', () => end(0))
process.once('SIGTERM', () => end(0))
process.on('SIGINT', () => {}) // Ctrl-C in the terminal is for the portal, which tells this process when it has ended its own work

let close: () => Promise<void> = async () => {}

/** In order within two seconds, or else at once: what was acknowledged is on the disk in either case. */
function end(code: number): void {
  const last = setTimeout(() => process.kill(process.pid, 'SIGKILL'), 2000)
  last.unref()
  close().finally(() => process.exit(code))
}

const tell = (word: ProcessWord) => new Promise<void>(resolve => process.send!(word, () => resolve()))

async function start(order: ProcessOrder): Promise<void> {
  mkdirSync(order.folder, { recursive: true, mode: 0o700 })
  if (!(await lockFolder(order.folder, order.patience))) return void tell({ kind: 'taken' }).finally(() => process.exit(1))
  const data = join(order.folder, 'data')
  await forgetUnfinishedBatches(data)
  const first = openLane(data, null, { atOnce: 1, waiting: 1000 })
  await first.run(
    { sql: `create database if not exists ${database}`, format: 'TabSeparated', settings: {}, params: {} },
    () => true,
  )
  const lanes = {
    queries: openLane(data, database, order.queries),
    inserts: openLane(data, database, order.inserts),
    folders: trackFolders(first),
  }
  const wal = await openWal(join(order.folder, 'wal'), {
    async insert({ settings, ...statement }, token) {
      const named = { ...settings, insert_deduplication_token: token }
      await insert({ ...statement, settings: named, format: 'TabSeparated', params: {} }, lanes, () => true)
    },
    isFaultOfRows: error => faultsOfRows.has(codeOf(error as Error)),
    onTrouble: reason => void tell({ kind: 'trouble', reason }),
  })
  const engine = { ...lanes, wal }
  const server = createServer({ maxHeaderSize: 2 ** 20, keepAliveTimeout: 30_000 }, (request, response) => {
    handle(request, response, order.password, engine).catch(error => fail(response, error))
  })
  close = async () => {
    await closeServer(server)
    await wal.close()
    for (const lane of [first, lanes.queries, lanes.inserts]) lane.close()
  }
  server.listen(order.port, '127.0.0.1', () => void tell({ kind: 'ready', port: (server.address() as { port: number }).port }))
  server.on('error', error => tell({ kind: 'failed', reason: error.message }).finally(() => process.exit(1)))
}

/** The lock goes with the process, however that ends. One that is just ending gets the time to do so. */
async function lockFolder(folder: string, patience: number): Promise<boolean> {
  const lock = new DatabaseSync(join(folder, 'lock'))
  for (const deadline = Date.now() + patience; ; await delay(50)) {
    try {
      lock.exec('pragma locking_mode = exclusive; begin exclusive')
      locks.push(lock)
      return true
    } catch {
      if (Date.now() > deadline) return false
    }
  }
}

/** else it would be collected, and the lock with it */
const locks: DatabaseSync[] = []

interface Lanes {
  queries: SessionLane
  inserts: SessionLane
  folders: Folders
}
interface Engine extends Lanes {
  wal: WarehouseWal
}

async function handle(request: IncomingMessage, response: ServerResponse, password: string, engine: Engine): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://localhost')
  if (url.pathname === '/ping') return void response.end('Ok.\n')
  if (!isAdmitted(request, password)) throw new Refusal(516, 'AUTHENTICATION_FAILED', 'Authentication failed')
  const body = await readBody(request)
  const shownIn = request.headers[shownInHeader]
  const work = async () => run(readStatement(url, body), engine, () => !response.destroyed, shownIn?.toString().split(','))
  const answer = await work().finally(() => {
    bodies -= body.length
  })
  if (answer === null) return
  response.writeHead(200, {
    'content-type': 'text/plain; charset=UTF-8',
    'content-length': answer.length,
    'x-clickhouse-query-id': url.searchParams.get('query_id') ?? '',
    'x-clickhouse-server-display-name': 'fettle',
    'x-clickhouse-timezone': 'UTC',
  })
  response.end(answer)
}

/** shownIn: of rows that are to go by the write-ahead log, the tables in which they are read */
async function run(
  statement: WarehouseStatement,
  engine: Engine,
  isWanted: () => boolean,
  shownIn?: readonly string[],
): Promise<Uint8Array | null> {
  const { sql, rows } = statement
  if (!isInsert(sql)) {
    await engine.wal.settled(sql)
    const answer = await engine.queries.run(statement, isWanted)
    if (!onlyReads(sql)) engine.folders.forget()
    return answer
  }
  if (!shownIn || !rows) return insert(statement, engine, isWanted)
  const { insert_deduplication_token, ...settings } = statement.settings // the log has its own
  await engine.wal.add({ sql, settings, shownIn, rows })
  return new Uint8Array()
}

async function insert(statement: WarehouseStatement, { inserts, folders }: Lanes, isWanted: () => boolean) {
  const since = Date.now()
  const answer = await inserts.run(statement, isWanted)
  if (answer) await folders.syncSince(since)
  return answer
}

const isInsert = (sql: string) => /^\s*insert\s/i.test(sql)

/** By HTTP Basic or by the two headers, as the clients of ClickHouse do. */
function isAdmitted({ headers }: IncomingMessage, password: string): boolean {
  const [kind, encoded = ''] = (headers.authorization ?? '').split(' ')
  const given =
    kind?.toLowerCase() === 'basic'
      ? Buffer.from(encoded, 'base64').toString('utf8')
      : `${headers['x-clickhouse-user']}:${headers['x-clickhouse-key']}`
  const [one, other] = [Buffer.from(given), Buffer.from(`${embeddedUser}:${password}`)]
  return one.length === other.length && timingSafeEqual(one, other)
}

/** Parameters of the address that are no settings. */
const reserved = new Set(
  'query query_id database default_format session_id session_timeout session_check role compress decompress enable_http_compression wait_end_of_query buffer_size user password quota_key send_progress_in_http_headers http_headers_progress_interval_ms stacktrace close_session'.split(
    ' ',
  ),
)

function readStatement(url: URL, body: Buffer): WarehouseStatement {
  const inAddress = url.searchParams.get('query') ?? ''
  const withRows = inAddress !== '' && body.length > 0 && isInsert(inAddress)
  const sql = withRows ? inAddress : `${inAddress}${inAddress && body.length > 0 ? '\n' : ''}${body.toString('utf8')}`
  if (sql.trim() === '') throw new Refusal(62, 'SYNTAX_ERROR', 'Empty query')
  if (!isInsert(sql) && hasSecondStatement(sql)) throw new Refusal(62, 'SYNTAX_ERROR', 'Multi-statements are not allowed')
  const wanted = url.searchParams.get('database') ?? database
  if (wanted !== database) throw new Refusal(81, 'UNKNOWN_DATABASE', `Database ${wanted} does not exist`)
  const settings: Record<string, string> = {
    max_memory_usage: String(Math.max(2 ** 29, Math.floor(totalmem() / 4))),
    max_result_bytes: String(bodiesLimit),
  }
  const params: Record<string, string> = {}
  for (const [name, value] of url.searchParams) {
    if (!/^\w+$/.test(name)) throw new Refusal(115, 'UNKNOWN_SETTING', `Unknown setting '${name}'`)
    if (name.startsWith('param_')) params[name.slice('param_'.length)] = value
    else if (!reserved.has(name)) settings[name] = value
  }
  settings.max_execution_time = String(withinLimit(settings.max_execution_time))
  return {
    sql,
    format: url.searchParams.get('default_format') ?? 'TabSeparated',
    settings,
    params,
    rows: withRows ? body : undefined,
  }
}

/** Seconds: every statement has a limit. */
function withinLimit(wanted: string | undefined): number {
  const seconds = Number(wanted)
  return seconds > 0 && seconds <= 3600 ? seconds : 10
}

/** bytes of the bodies that are held; whoever has read one takes it off when it is done */
let bodies = 0

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const pieces: Buffer[] = []
  let size = 0
  try {
    for await (const piece of request as AsyncIterable<Buffer>) {
      size += piece.length
      bodies += piece.length
      if (size > bodyLimit) throw new Refusal(131, 'TOO_LARGE_STRING_SIZE', `The body is larger than ${bodyLimit} bytes`)
      if (bodies > bodiesLimit) throw new LineFull()
      pieces.push(piece)
    }
  } catch (error) {
    bodies -= size
    throw error
  }
  return Buffer.concat(pieces)
}

/** Said in the words and by the code of ClickHouse. */
class Refusal extends Error {
  readonly code: number
  constructor(code: number, name: string, message: string) {
    super(`Code: ${code}. DB::Exception: ${message}. (${name})`)
    this.code = code
  }
}

/** https://clickhouse.com/docs/interfaces/http: the code stands in a header, the words in the body. */
function fail(response: ServerResponse, thrown: unknown): void {
  const error =
    thrown instanceof LineFull || thrown instanceof WalFull
      ? new Refusal(202, 'TOO_MANY_SIMULTANEOUS_QUERIES', thrown.message || 'Too many simultaneous queries wait')
      : (thrown as Error)
  const code = codeOf(error)
  const message = error.message.includes('DB::Exception')
    ? error.message
    : `Code: 1002. DB::Exception: ${error.message}. (UNKNOWN_EXCEPTION)`
  if (!response.headersSent && !response.destroyed) {
    response.writeHead(statuses[code] ?? 500, {
      'content-type': 'text/plain; charset=UTF-8',
      'x-clickhouse-exception-code': code,
      ...(code === 202 ? { 'retry-after': '1' } : {}),
      ...(response.req.complete ? {} : { connection: 'close' }), // the rest of its body is not read
    })
  }
  response.end(`${message}\n`)
  if (code === engineAborted) end(1) // nothing runs in this process any more; another one is started
}

const codeOf = ({ message }: Error): number => Number(/Code: (\d+)/.exec(message)?.[1] ?? 1002)

const engineAborted = 236
/** unreadable values, unknown columns, too large numbers: https://github.com/ClickHouse/ClickHouse/blob/master/src/Common/ErrorCodes.cpp */
const faultsOfRows = new Set([6, 16, 26, 27, 33, 38, 41, 53, 62, 69, 70, 72, 117, 321, 376])
const statuses: Record<number, number> = {
  62: 400,
  36: 400,
  47: 400,
  81: 404,
  60: 404,
  115: 400,
  131: 413,
  202: 503,
  241: 500,
  456: 400,
  516: 403,
}

interface Folders {
  /** Syncs the folders of tables in which something was put in place since then, and the notes of batch ids with them. */
  syncSince(since: number): Promise<void>
  /** Tables may have come or gone. */
  forget(): void
}

/**
 * ClickHouse syncs the files of an insert and their folder, not the folder of the table, in which that one is then renamed. Without that a
 * power cut takes the rename back.
 */
function trackFolders(lane: SessionLane): Folders {
  let known: Promise<string[]> | null = null
  const list = async () => {
    const sql = `select arrayJoin(data_paths) from system.tables where engine like '%MergeTree'`
    const answer = await lane.run({ sql, format: 'TabSeparated', settings: {}, params: {} }, () => true)
    return Buffer.from(answer!).toString('utf8').split('\n').filter(Boolean)
  }
  return {
    forget() {
      known = null
    },
    async syncSince(since) {
      known ??= list().catch(error => {
        known = null
        throw error
      })
      await Promise.all((await known).map(folder => syncChanged(folder, since)))
    },
  }
}

async function syncChanged(folder: string, since: number): Promise<void> {
  const { mtimeMs } = await stat(folder).catch(() => ({ mtimeMs: 0 })) // the table is gone
  if (mtimeMs < since - 10) return // the clock of the disk is coarser than ours
  const notes = join(folder, 'deduplication_logs')
  const newest = (await readdir(notes).catch(() => [])).sort((a, b) => a.length - b.length || (a < b ? -1 : 1)).at(-1)
  await Promise.all([folder, ...(newest ? [join(notes, newest)] : [])].map(sync))
}

async function sync(path: string): Promise<void> {
  const handle = await open(path, 'r')
  await handle.sync().finally(() => handle.close())
}

/** Lets what is under way finish, for a second and a half. */
async function closeServer(server: Server): Promise<void> {
  const closed = new Promise<void>(resolve => server.close(() => resolve()))
  server.closeIdleConnections()
  const impatience = setTimeout(() => server.closeAllConnections(), 1500)
  await closed
  clearTimeout(impatience)
}
