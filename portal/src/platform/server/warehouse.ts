import { setTimeout as delay } from 'node:timers/promises'
import { type ClickHouseClient, ClickHouseLogLevel, createClient } from '@clickhouse/client'
import { sql as pgSql } from 'kysely'
import type { Config } from './config.ts'
import type { Database } from './database.ts'
import type { Log } from './log.ts'
import { StartFailure } from './start-failure.ts'
import { type ClickHouseAddress, readClickHouseAddress } from './warehouse-address.ts'
import {
  type EmbeddedWarehouse,
  type EmbeddedWarehouseOptions,
  startEmbeddedWarehouse,
  warehouseFolder,
} from './warehouse-embedded.ts'
import { failureOf, isMissing, neverReached, readFailure, reasonOf } from './warehouse-failures.ts'
import { migrateWarehouse } from './warehouse-migrate.ts'
import { tableIn, type WarehouseSide } from './warehouse-sql.ts'
import { shownInHeader } from './warehouse-wal.ts'

/**
 * Facts and measurements: ClickHouse SQL, embedded or on a server of one's own. It is started by the first call, so a portal that does
 * not need it does without. Calls throw Failure (`unavailable`, `overloaded`, `timed-out`) where that says why, else ClickHouseError with
 * the server's `code`.
 */
export interface Warehouse {
  /** params: of `{name:Type}` in the statement, bound by the server, never put into its text */
  query<Row>(sql: string, params?: Record<string, unknown>, options?: WarehouseOptions): Promise<Row[]>
  /**
   * Resolves when the rows are on the disk. The same `batchId` again, with the same rows, does nothing: who does not know whether an
   * insert came through repeats it. That holds for the last 10,000 inserts of a table. Rows: JSON, at most 100,000 at a time
   * shownIn: the tables in which the rows are read, where one that is there twice counts once. Then the embedded warehouse gathers them, many
   * times faster, and forgets the batch id; whoever reads these tables finds them all the same.
   */
  insert(
    table: string,
    rows: readonly object[],
    options: { batchId: string; seconds?: number; shownIn?: readonly string[] },
  ): Promise<void>
  /** A statement without an answer, such as a deletion. It may have been carried out where this throws. */
  command(sql: string, params?: Record<string, unknown>, options?: WarehouseOptions): Promise<void>
  /** Takes all rows out of the table. */
  empty(table: string): Promise<void>
  /** Takes all rows of a partition out of the table at once, and frees their space. partition: its id, as `partition by` makes it */
  dropPartition(table: string, partition: string): Promise<void>
  /** Takes rows out of the table and waits until that is done: parts that hold some are written anew. For few of them, and seldom. */
  remove(table: string, where: string, params: Record<string, unknown>): Promise<void>
  /** Starts it, where that has not been done, and waits until it can be used. */
  ready(): Promise<void>
  /** of the three, on which tables are made */
  side: WarehouseSide
  /** How it stands; does not start it, and takes four seconds at most. */
  standing(): Promise<WarehouseStanding>
  /** Gives up what is under way. */
  close(): Promise<void>
}

export interface WarehouseOptions {
  /** after which the server gives up; default 10 */
  seconds?: number
}

export type WarehouseStanding =
  /** nothing has needed it yet */
  { state: 'asleep' } | { state: 'away'; reason: string } | { state: 'up'; version: string; bytes: number }

export interface OpenWarehouseOptions extends EmbeddedWarehouseOptions {
  /** folder of the migrations; the portal's own, unless it is a test's */
  migrations?: string
}

export function openWarehouse(
  { config, database, log }: { config: Config; database: Database; log: Log },
  options: OpenWarehouseOptions = {},
): Warehouse & { embedded(): EmbeddedWarehouse | undefined } {
  const side: WarehouseSide = sideOf(config)
  let opened: Promise<ClickHouseClient> | null = null
  let client: ClickHouseClient | undefined
  let embedded: EmbeddedWarehouse | undefined
  let trouble: string | null = null
  const closing = new AbortController()

  const open = (): Promise<ClickHouseClient> => {
    if (closing.signal.aborted) return Promise.reject(new Error('The warehouse is closed'))
    opened ??= begin().catch(error => {
      opened = null // the next call tries again
      trouble = reasonOf(error)
      throw error
    })
    return opened
  }

  async function begin(): Promise<ClickHouseClient> {
    client ??= connect(await findAddress())
    const migrating = migrationClient(client, side)
    // several portals may start at once
    await database.outside(() =>
      database.transaction(async () => {
        await pgSql`select pg_advisory_xact_lock(hashtext('fettle-warehouse-migrate'))`.execute(database.db())
        await migrateWarehouse(migrating, side, options.migrations)
      }),
    )
    trouble = null
    return client
  }

  async function findAddress(): Promise<ClickHouseAddress> {
    if (config.clickhouseUrl) return readClickHouseAddress(config.clickhouseUrl)
    embedded ??= await startEmbeddedWarehouse(warehouseFolder(config.dataDir), {
      onTrouble: reason => log.error({ reason }, 'the embedded warehouse'),
      ...options,
    })
    return embedded.address
  }

  /** again: whether it does no harm to do it twice */
  async function run<T>(
    work: (client: ClickHouseClient, signal: AbortSignal) => Promise<T>,
    seconds: number,
    again: boolean,
  ): Promise<T> {
    const deadline = Date.now() + (seconds + patience) * 1000
    for (let pause = 100; ; pause *= 2) {
      try {
        const late = AbortSignal.timeout(Math.max(1, deadline - Date.now()))
        return await work(await open(), AbortSignal.any([late, closing.signal]))
      } catch (error) {
        if (isMissing(error)) opened = null // an empty server may have taken its place: the next call makes the tables
        const failure = readFailure(error)
        const mayRepeat =
          failure === 'overloaded' ||
          (failure === 'unavailable' && !(error instanceof StartFailure) && (again || neverReached(error)))
        if (mayRepeat && !closing.signal.aborted && pause <= 1600 && Date.now() + pause < deadline) await delay(pause)
        else throw failure ? failureOf(failure) : error
      }
    }
  }

  return {
    side,
    embedded: () => embedded,
    query: (sql, params = {}, { seconds = 10 } = {}) =>
      run(
        async (client, signal) => {
          const answer = await client.query({
            query: sql,
            query_params: params,
            format: 'JSONEachRow',
            abort_signal: signal,
            clickhouse_settings: { ...reading, max_execution_time: seconds },
          })
          return answer.json() as Promise<never[]>
        },
        seconds,
        true,
      ),
    async insert(table, rows, { batchId, seconds = 30, shownIn }) {
      if (rows.length > mostRows) throw new RangeError(`${rows.length} rows are more than the ${mostRows} that one insert takes`)
      if (rows.length === 0) return
      await run(
        (client, signal) =>
          client.insert({
            ...insertion(table, rows, batchId, side, seconds),
            ...(shownIn ? { http_headers: { [shownInHeader]: shownIn.join() } } : {}),
            abort_signal: signal,
          }),
        seconds,
        true,
      )
    },
    async command(sql, params = {}, { seconds = 10 } = {}) {
      await run(
        (client, signal) =>
          client.command({
            query: sql,
            query_params: params,
            abort_signal: signal,
            clickhouse_settings: { max_execution_time: seconds, ...spreading(side) },
          }),
        seconds,
        false,
      )
    },
    async empty(table) {
      await run(
        (client, signal) => client.command({ query: `truncate table ${tableIn(table, side)}`, abort_signal: signal }),
        60,
        true,
      )
    },
    async dropPartition(table, partition) {
      if (!/^\w+$/.test(partition)) throw new RangeError(`"${partition}" is no id of a partition`)
      const query = `alter table ${tableIn(table, side)} drop partition id '${partition}'`
      await run((client, signal) => client.command({ query, abort_signal: signal }), 60, true)
    },
    async remove(table, where, params) {
      await run(
        (client, signal) =>
          client.command({
            query: `alter table ${tableIn(table, side)} delete where ${where}`,
            query_params: params,
            abort_signal: signal,
            clickhouse_settings: { mutations_sync: '2', max_execution_time: 600 },
          }),
        600,
        true,
      )
    },
    ready: async () => void (await open()),
    async standing() {
      if (trouble !== null) return { state: 'away', reason: trouble }
      if (!opened) return { state: 'asleep' }
      try {
        const client = await within(2000, opened)
        const answer = await client.query({ query: sizeOf(side), format: 'JSONEachRow', abort_signal: AbortSignal.timeout(2000) })
        const [row] = (await answer.json()) as { version: string; bytes: number }[]
        return { state: 'up', version: row!.version, bytes: Number(row!.bytes) }
      } catch (error) {
        return { state: 'away', reason: reasonOf(error) }
      }
    },
    async close() {
      closing.abort()
      await opened?.catch(() => {})
      await client?.close()
      await embedded?.stop()
    },
  }
}

/** Beyond the server's own limit, for the way there and back. */
const patience = 5
const mostRows = 100_000

const sideOf = ({ clickhouseUrl, clickhouseCluster }: Config): WarehouseSide =>
  clickhouseUrl === null
    ? { kind: 'embedded' }
    : clickhouseCluster === null
      ? { kind: 'server' }
      : { kind: 'cluster', cluster: clickhouseCluster }

const connect = (address: ClickHouseAddress): ClickHouseClient =>
  createClient({
    ...address,
    application: 'fettle',
    max_open_connections: 64,
    request_timeout: 3_700_000, // each call has a limit of its own
    log: { level: ClickHouseLogLevel.OFF },
  })

/** So that both sides answer alike: numbers as numbers, and an error that comes late as an error. */
const reading = {
  output_format_json_quote_64bit_integers: 0,
  output_format_json_quote_denormals: 0,
  wait_end_of_query: 1,
} as const

const insertion = (table: string, rows: readonly object[], batchId: string, side: WarehouseSide, seconds: number) => ({
  table,
  values: rows as object[],
  format: 'JSONEachRow' as const,
  clickhouse_settings: {
    insert_deduplicate: 1 as const,
    insert_deduplication_token: batchId,
    deduplicate_blocks_in_dependent_materialized_views: 1 as const,
    async_insert: 0 as const,
    input_format_skip_unknown_fields: 0 as const, // a misspelt column must not be lost in silence
    date_time_input_format: 'best_effort' as const,
    max_partitions_per_insert_block: '0',
    max_execution_time: seconds,
    ...spreading(side),
  },
})

/** A cluster answers an insert when its shards have it. */
const spreading = (side: WarehouseSide) => (side.kind === 'cluster' ? { distributed_foreground_insert: 1 as const } : {})

/** Of a server on one of the sides, for bringing its tables up. */
export const migrationClient = (client: ClickHouseClient, side: WarehouseSide) => ({
  query: async <Row>(sql: string) =>
    (await (
      await client.query({ query: sql, format: 'JSONEachRow', abort_signal: AbortSignal.timeout(15_000) })
    ).json()) as Row[],
  command: (sql: string) => client.command({ query: sql, abort_signal: AbortSignal.timeout(120_000) }),
  insert: (table: string, rows: object[]) => client.insert(insertion(table, rows, JSON.stringify(rows), side, 30)),
})

const sizeOf = (side: WarehouseSide) => {
  const parts = side.kind === 'cluster' ? `clusterAllReplicas('${side.cluster}', system.parts)` : 'system.parts'
  return `select version() as version, toFloat64(sum(bytes_on_disk)) as bytes from ${parts} where active and database = currentDatabase()`
}

async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${ms} ms`)), ms)
  })
  return Promise.race([work, late]).finally(() => clearTimeout(timer))
}
