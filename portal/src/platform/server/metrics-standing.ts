import { statfs } from 'node:fs/promises'
import type { Background } from './background.ts'
import type { Config } from './config.ts'
import type { Database } from './database.ts'
import type { Log } from './log.ts'
import type { Metrics } from './metrics.ts'
import type { Standing } from './standing.ts'
import type { Warehouse } from './warehouse.ts'
import { readBehind } from './warehouse-events.ts'

interface Measured {
  config: Config
  database: Database
  log: Log
  metrics: Metrics
  background: Background
  warehouse: Warehouse
}

/**
 * Gauges of what is read when Prometheus asks: the database, its pool, listeners, queues, storage, the warehouse. What the database tells is the
 * same in every process; a dashboard takes the largest.
 */
export function measureStanding(platform: Measured): void {
  measurePool(platform)
  measureStorage(platform)
  measureDatabase(platform)
  measureWarehouse(platform)
}

function measurePool({ database, config, metrics }: Measured): void {
  const connections = metrics.gauge('fettle_database_connections', 'Connections of this process to the database', ['state'])
  const waiting = metrics.gauge('fettle_database_waiting', 'Statements of this process that wait for a connection')
  const most = metrics.gauge('fettle_database_connections_max', 'Connections this process may open (DATABASE_POOL)')
  metrics.whenRead(() => {
    const { totalCount, idleCount, waitingCount } = database.pool
    connections.set({ state: 'busy' }, totalCount - idleCount)
    connections.set({ state: 'idle' }, idleCount)
    waiting.set(waitingCount)
    most.set(config.databasePool)
  })
}

function measureStorage({ config, metrics }: Measured): void {
  const free = metrics.gauge('fettle_storage_free_bytes', 'Space left for DATA_DIR')
  const size = metrics.gauge('fettle_storage_size_bytes', 'Size of the disk of DATA_DIR')
  metrics.whenRead(async () => {
    const disk = await statfs(config.dataDir).catch(() => null)
    if (!disk) return
    free.set(disk.bavail * disk.bsize)
    size.set(disk.blocks * disk.bsize)
  })
}

function measureDatabase({ database, log, metrics, background }: Measured): void {
  const up = metrics.gauge('fettle_database_up', '1 where the database answers within two seconds')
  const size = metrics.gauge('fettle_database_size_bytes', 'Size of the database')
  const behind = metrics.gauge('fettle_event_listener_behind', 'Events a listener has still to handle', ['listener'])
  const lag = metrics.gauge('fettle_event_listener_lag_seconds', 'Age of the oldest of them', ['listener'])
  const parked = metrics.gauge('fettle_events_parked', 'Events a listener gave up, not set aside', ['listener'])
  const jobs = metrics.gauge('fettle_jobs', 'Jobs that are not done, by queue and state', ['queue', 'state'])
  const oldest = metrics.gauge('fettle_job_oldest_waiting_seconds', 'How long the oldest job of the queue has been due', [
    'queue',
  ])
  const mails = metrics.gauge('fettle_mails_refused', 'Mails the mail server refused, not set aside')
  const all = [size, behind, lag, parked, jobs, oldest, mails]

  const show = ({ listeners, queues, refusedMails }: Standing) => {
    const now = Date.now()
    const seconds = (since: Date | null) => (since ? Math.max(0, (now - since.getTime()) / 1000) : 0)
    for (const one of listeners) {
      behind.set({ listener: one.name }, one.behind)
      lag.set({ listener: one.name }, seconds(one.oldest))
      parked.set({ listener: one.name }, one.parked)
    }
    for (const { name: queue, oldest: since, ...states } of queues) {
      for (const [state, count] of Object.entries(states)) jobs.set({ queue, state }, count)
      oldest.set({ queue }, seconds(since))
    }
    mails.set(refusedMails)
  }
  const look = async () => {
    const { rows } = await database.pool.query<{ size: number }>('select pg_database_size(current_database()) as size')
    return { bytes: rows[0]!.size, standing: await background.standing() }
  }
  metrics.whenRead(async () => {
    for (const gauge of all) gauge.reset() // what cannot be read now must not look as it did
    try {
      const { bytes, standing } = await within(2000, look())
      up.set(1)
      size.set(bytes)
      show(standing)
    } catch (error) {
      up.set(0)
      log.warn({ error }, 'the database could not be read for /metrics')
    }
  })
}

function measureWarehouse({ database, log, metrics, warehouse }: Measured): void {
  const up = metrics.gauge('fettle_warehouse_up', '1 where the warehouse answers within two seconds; absent until it is needed')
  const size = metrics.gauge('fettle_warehouse_size_bytes', 'Size of the tables of the warehouse on its disks')
  const behind = metrics.gauge('fettle_warehouse_events_behind', 'Events that are not in the warehouse yet, 200,000 at most')
  const lag = metrics.gauge('fettle_warehouse_lag_seconds', 'Age of the oldest of them')
  metrics.whenRead(async () => {
    for (const gauge of [up, size, behind, lag]) gauge.reset()
    const standing = await warehouse.standing()
    if (standing.state === 'asleep') return
    up.set(standing.state === 'up' ? 1 : 0)
    if (standing.state === 'up') size.set(standing.bytes)
    try {
      const waiting = await within(2000, readBehind(database))
      behind.set(waiting.behind)
      lag.set(waiting.oldest ? Math.max(0, (Date.now() - waiting.oldest.getTime()) / 1000) : 0)
    } catch (error) {
      log.warn({ error }, 'how far the warehouse is behind could not be read for /metrics')
    }
  })
}

/** The answer, or an error after so many ms. */
async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${ms} ms`)), ms)
  })
  return Promise.race([work, late]).finally(() => clearTimeout(timer))
}
