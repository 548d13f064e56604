import { AsyncLocalStorage } from 'node:async_hooks'
import {
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
} from 'kysely'
import type { Database } from '#platform/server'

/**
 * A Kysely dialect whose queries run where the portal's own run: in the ambient transaction if there is one, else on the pool.
 * The account library refuses a Kysely transaction; this way it takes part in ours without knowing.
 * It never opens a transaction itself: a use case that calls it opens one.
 */
export function ambientDialect(database: Database): Dialect {
  const connection: DatabaseConnection = {
    executeQuery: <Row>(query: CompiledQuery) =>
      database
        .db<unknown>()
        .executeQuery(query as CompiledQuery<Row>)
        .catch(error => {
          const hidden = failures.getStore()
          if (hidden) hidden.error = error
          throw error
        }),
    streamQuery() {
      throw new Error('The ambient connection does not stream.')
    },
  }
  const refuse = async () => {
    throw new Error('Open the transaction with database.transaction(); the ambient connection has none of its own.')
  }
  const nothing = async () => {}
  return {
    createAdapter: () => new PostgresAdapter(),
    createQueryCompiler: () => new PostgresQueryCompiler(),
    createIntrospector: db => new PostgresIntrospector(db),
    createDriver: () => ({
      init: nothing,
      acquireConnection: async () => connection,
      releaseConnection: nothing,
      beginTransaction: refuse,
      commitTransaction: refuse,
      rollbackTransaction: refuse,
      destroy: nothing, // the pool is the platform's
    }),
  }
}

/** For a call that answers every failure of the database with an error of its own: throws what the database said. */
export async function withDatabaseErrors<T>(call: () => Promise<T>): Promise<T> {
  const hidden: { error?: unknown } = {}
  try {
    return await failures.run(hidden, call)
  } catch (error) {
    throw hidden.error ?? error
  }
}

const failures = new AsyncLocalStorage<{ error?: unknown }>()
