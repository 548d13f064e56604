import { AsyncLocalStorage } from 'node:async_hooks'
import type { Socket } from 'node:net'
import { Kysely, type Logger } from 'kysely'
import pg from 'pg'
import { AmbientDriver, dialectOf, type Held } from './database-driver.ts'
import { isDatabaseAway, OutcomeUnknown } from './database-failures.ts'

/**
 * The portal's one way to PostgreSQL. `db<Tables>()` asks in the ambient transaction if there is one, else by the pool;
 * features name the tables they own or read: `db<SalesTables>().selectFrom('lead')…`.
 */
export interface Database {
  db<Tables>(): Kysely<Tables>
  /**
   * Runs `work` in the ambient transaction, or in a new one: everything in it commits or rolls back together.
   * Throws OutcomeUnknown where the connection breaks during the commit.
   */
  transaction<T>(work: () => Promise<T>): Promise<T>
  /** Whether there is an ambient transaction. */
  inTransaction(): boolean
  /**
   * Hands `item` to `finish` as the last work of the ambient transaction, which it needs, together with all items given with the
   * same function. Its failure rolls everything back.
   */
  beforeCommit<Item>(finish: (items: Item[]) => Promise<void>, item: Item): void
  /** Does the work outside of the ambient transaction: for what outlives it, such as a file that is written while it is read. */
  outside<T>(work: () => T): T
  /**
   * One moment of the database, read-only, on a connection of its own until it is closed: for reading at length what is written out
   * while it is read. Whoever opens it must close it.
   */
  snapshot(): Promise<Snapshot>
  /** Runs after the ambient transaction has committed; at once where there is none. Never runs after a rollback. */
  afterCommit(work: () => void): void
  pool: pg.Pool
  /** Breaks every connection: for a server that does not answer any more. What waits for it fails now; the next query connects anew. */
  drop(): void
  close(): Promise<void>
}

export interface Snapshot {
  /** Does the work as of that moment: `db()` in it reads the snapshot. One piece of work at a time. */
  reading<T>(work: () => Promise<T>): Promise<T>
  /** May be called more than once. */
  close(): Promise<void>
}

interface Ambient extends Held {
  before: Map<(items: never[]) => Promise<void>, unknown[]>
  after: (() => void)[]
}

export interface DatabaseOptions {
  max?: number
  /** told of every statement once it is done */
  onQuery?: (sql: string, ms: number) => void
}

export function openDatabase(url: string, onError: (error: Error) => void, options: DatabaseOptions = {}): Database {
  const pool = new pg.Pool({
    connectionString: url,
    max: options.max ?? 10,
    connectionTimeoutMillis: patience,
    types,
    pipeline: true, // what is asked side by side on one connection goes out together
    onConnect: client => client.query(sessionSettings),
  })
  const clients = new Set<pg.PoolClient>()
  let closing = false
  pool.on('connect', client => {
    clients.add(client)
    client.on('error', () => {}) // of a connection in use the statement that fails tells; unheard, it would end the portal
  })
  pool.on('remove', client => clients.delete(client))
  pool.on('error', error => {
    if (!closing) onError(error) // an idle connection that the server ends must not end the portal
  })
  const ambient = new AsyncLocalStorage<Ambient>()
  const driver = new AmbientDriver(pool, () => ambient.getStore())
  const hold = async (): Promise<Ambient> => ({ ...(await driver.hold()), before: new Map(), after: [] })
  // biome-ignore lint/suspicious/noExplicitAny: the tables are named at each use
  const root = new Kysely<any>({
    dialect: dialectOf(driver),
    ...(options.onQuery ? { log: tellOf(options.onQuery) } : {}),
  })
  return {
    pool,
    db: () => root,
    inTransaction: () => ambient.getStore() !== undefined,
    async transaction(work) {
      if (ambient.getStore()) return work()
      const store = await hold()
      const wholeWork = async () => {
        const result = await work()
        for (const [finish, items] of store.before) await finish(items as never[])
        return result
      }
      let committing = false
      const result = await driver
        .transact(
          store,
          () => ambient.run(store, wholeWork),
          () => (committing = true),
        )
        .catch(error => {
          throw committing && isDatabaseAway(error) ? new OutcomeUnknown(error) : error
        })
      for (const run of store.after) run()
      return result
    },
    beforeCommit(finish, item) {
      const store = ambient.getStore()
      if (!store) throw new Error('beforeCommit needs a transaction')
      const items = store.before.get(finish)
      if (items) items.push(item)
      else store.before.set(finish, [item])
    },
    outside: work => ambient.exit(work),
    async snapshot() {
      const store = await hold()
      await driver.begin(store, { isolationLevel: 'repeatable read', accessMode: 'read only' }).catch(async error => {
        await driver.letGo(store).catch(() => {})
        throw error
      })
      return {
        reading: work => ambient.run(store, work),
        close: () => driver.letGo(store),
      }
    },
    afterCommit(work) {
      const store = ambient.getStore()
      if (store) store.after.push(work)
      else work()
    },
    drop() {
      for (const client of clients) streamOf(client).destroy(new Error('Connection terminated: the database does not answer'))
    },
    async close() {
      closing = true
      await root.destroy()
      if (!pool.ending) await pool.end() // Kysely leaves a pool alone that it has not used
    },
  }
}

/** ms that a request waits for a connection, new or free */
const patience = 5000

// A statement ends before its visitor has gone; a portal whose machine lost its power holds no lock for hours.
const sessionSettings = `
  set statement_timeout = '30s';
  set lock_timeout = '10s';
  set idle_in_transaction_session_timeout = '5min';
  set tcp_keepalives_idle = 15;
  set tcp_keepalives_interval = 5;
  set tcp_keepalives_count = 3`

// The pool itself reaches for it where a connection takes too long.
const streamOf = (client: pg.PoolClient) => (client as unknown as { connection: { stream: Socket } }).connection.stream

const tellOf =
  (onQuery: NonNullable<DatabaseOptions['onQuery']>): Logger =>
  ({ query, queryDurationMillis }) =>
    onQuery(query.sql, queryDurationMillis)

const int8 = 20
/** bigint arrives as a number: money in minor units and counters stay far below 2^53, and what does not is an error. */
const types: pg.CustomTypesConfig = {
  getTypeParser: (oid, format) =>
    Number(oid) === int8 && format !== 'binary' ? readBigint : pg.types.getTypeParser(oid, format),
}

function readBigint(text: string): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value)) throw new RangeError(`The number ${text} from the database is beyond 2^53`)
  return value
}
