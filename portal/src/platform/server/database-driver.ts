import {
  type DatabaseConnection,
  type Dialect,
  PostgresAdapter,
  PostgresDriver,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type TransactionSettings,
} from 'kysely'
import type pg from 'pg'

type Connection = Parameters<PostgresDriver['releaseConnection']>[0] // Kysely does not name it

/** The one connection of a transaction. */
export interface Held {
  connection: Connection
  ended: boolean
}

/**
 * Statements go to the connection of the ambient transaction, else to one of the pool. Kysely's own transactions let one statement after the other
 * onto their connection; here those that are asked side by side go out together, and `begin` with the first: a transaction waits for the network
 * as seldom as it can.
 */
export class AmbientDriver extends PostgresDriver {
  readonly #ambient: () => Held | undefined

  constructor(pool: pg.Pool, ambient: () => Held | undefined) {
    super({ pool })
    this.#ambient = ambient
  }

  /** A connection for a transaction, until that is over. */
  async hold(): Promise<Held> {
    await this.init()
    return { connection: (await super.acquireConnection()) as Connection, ended: false }
  }

  /** Does the work in a transaction and commits; where anything fails, nothing of it was done. committing: called before the commit is asked for */
  async transact<T>(held: Held, work: () => Promise<T>, committing: () => void): Promise<T> {
    const begun = this.begin(held)
    try {
      const result = await work().finally(() => {
        held.ended = true
      })
      await begun
      committing()
      await this.commitTransaction(held.connection)
      return result
    } catch (error) {
      await this.rollbackTransaction(held.connection).catch(() => {}) // the connection has broken, and is not used again
      throw error
    } finally {
      await super.releaseConnection(held.connection)
    }
  }

  /** Its failure is that of whatever is asked next. */
  begin({ connection }: Held, settings: TransactionSettings = {}): Promise<void> {
    const begun = this.beginTransaction(connection, settings)
    begun.catch(() => {})
    return begun
  }

  /** Ends a transaction that has only read. */
  async letGo(held: Held): Promise<void> {
    if (held.ended) return
    held.ended = true
    await this.rollbackTransaction(held.connection).finally(() => super.releaseConnection(held.connection))
  }

  override async acquireConnection(): Promise<DatabaseConnection> {
    const held = this.#ambient()
    if (held?.ended) throw new Error('A statement came after its transaction had ended: somebody did not wait for it')
    return held?.connection ?? super.acquireConnection()
  }

  override async releaseConnection(connection: Connection): Promise<void> {
    if (this.#ambient()?.connection !== connection) await super.releaseConnection(connection)
  }
}

export const dialectOf = (driver: AmbientDriver): Dialect => ({
  createDriver: () => driver,
  createAdapter: () => new PostgresAdapter(),
  createQueryCompiler: () => new PostgresQueryCompiler(),
  createIntrospector: db => new PostgresIntrospector(db),
})
