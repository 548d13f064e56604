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
    executeQuery: <Row>(query: CompiledQuery) => database.db<unknown>().executeQuery(query as CompiledQuery<Row>),
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
