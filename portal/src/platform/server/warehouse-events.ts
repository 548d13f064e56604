import { setTimeout as delay } from 'node:timers/promises'
import { sql } from 'kysely'
import type { Database } from './database.ts'
import { type EventTables, eventChannel } from './events.ts'
import { newId } from './ids.ts'
import type { Log } from './log.ts'
import { never, repeater } from './repeater.ts'
import type { Signals } from './signals.ts'
import type { Warehouse } from './warehouse.ts'

export interface WarehouseTables extends EventTables {
  warehouse_cursor: { filling: string; position: number; pending: number | null }
}

export interface WarehouseRelay {
  start(): Promise<void>
  /** Waits for the batch under way, two seconds at most. */
  stop(): Promise<void>
  /** Resolves when all events that are committed and numbered now are there, or the warehouse is away. */
  settled(): Promise<void>
}

export interface WarehouseRelayOptions {
  /** events in one insert; default 10,000 */
  batch?: number
  /** ms for which events are gathered after the first, since each insert makes files of its own; default 1000 */
  gather?: number
  /** ms between looks without a signal, and between the first tries of what failed; default 5000 */
  poll?: number
}

interface Parts {
  database: Database
  warehouse: Warehouse
  log: Log
}

/**
 * Appends every event to the warehouse, from the first there ever was, in the order of their positions. How far it has come stands in
 * PostgreSQL. A batch is written there before it is inserted, so whoever goes on after a crash inserts the same one, under the same id.
 * Any number of portal processes may run it: one of them works at a time.
 */
export function createWarehouseRelay(parts: Parts, signals: Signals, options: WarehouseRelayOptions = {}): WarehouseRelay {
  const { batch = 10_000, gather = 1000, poll = 5000 } = options
  const { warehouse, log } = parts
  let filling: string | null = null
  let failures = 0
  let gathering: NodeJS.Timeout | undefined
  let stopping = false
  let stopListening = async () => {}

  const work = repeater(async () => {
    await warehouse.ready()
    filling ??= await inTurn(parts, () => findFilling(parts, batch))
    while (filling !== null && !stopping) {
      const outcome = await appendNext(parts, filling, batch)
      if (outcome === 'lost') filling = null // somebody began anew, or put another database in place: look again
      if (failures > 0) log.info({}, 'events are appended to the warehouse again')
      failures = 0
      if (outcome !== 'appended') break
    }
    return stopping ? never : poll
  }, failed)

  function failed(error: unknown): number {
    filling = null // what is connected to afterwards may be another one
    if (failures++ === 0) log.warn({ error }, 'events could not be appended to the warehouse; they wait, and it is tried again')
    return Math.min(60_000, poll * 2 ** Math.min(failures, 4))
  }

  function wakeSoon(): void {
    gathering ??= setTimeout(() => {
      gathering = undefined
      work.wake()
    }, gather)
  }

  return {
    async start() {
      stopListening = await signals.listen(eventChannel, wakeSoon, () => {
        filling = null // a restored database breaks the connection too
        wakeSoon()
      })
      work.wake()
    },
    async stop() {
      stopping = true
      clearTimeout(gathering)
      await stopListening()
      // a server that does not answer is not waited for: the batch goes on after the next start
      await Promise.race([work.stop(), delay(2000, undefined, { ref: false })])
    },
    async settled() {
      work.wake()
      await work.idle()
    },
  }
}

/** Events that are not there yet, at most 200,000, and when the oldest of them happened. */
export async function readBehind(database: Database): Promise<{ behind: number; oldest: Date | null }> {
  const { rows } = await sql<{ behind: number; oldest: Date | null }>`
    select count(*)::int as behind, min(at) as oldest from (
      (select at from event where position > coalesce((select max(position) from warehouse_cursor), 0) limit 100000)
      union all (select at from event where position is null limit 100000)) as waiting`.execute(database.db())
  return rows[0]!
}

/** Answers null where another process is at it. */
async function inTurn<T>({ database }: Parts, work: () => Promise<T>): Promise<T | null> {
  return database.transaction(async () => {
    const { rows } = await sql<{
      free: boolean
    }>`select pg_try_advisory_xact_lock(hashtext('fettle-warehouse-events')) as free`.execute(database.db())
    return rows[0]!.free ? work() : null
  })
}

/** The filling that goes on; a new one, with an empty table, where what is there is not what this database says. */
async function findFilling(parts: Parts, batch: number): Promise<string> {
  const { database, warehouse, log } = parts
  const db = database.db<WarehouseTables>()
  const [last] = await warehouse.query<{ id: string }>('select toString(id) as id from event_filling order by at desc limit 1')
  const cursor = last && (await db.selectFrom('warehouse_cursor').selectAll().where('filling', '=', last.id).executeTakeFirst())
  if (cursor && (await agrees(parts, cursor.position, batch))) return last.id
  if (last) log.warn({ filling: last.id }, 'the events in the warehouse are not those of this database: they are filled in anew')
  await warehouse.empty('event')
  const id = newId()
  await warehouse.insert('event_filling', [{ id }], { batchId: id })
  if (last) await db.deleteFrom('warehouse_cursor').where('filling', '=', last.id).execute()
  await db.insertInto('warehouse_cursor').values({ filling: id, position: 0, pending: null }).execute()
  return id
}

/**
 * Whether the event at the cursor, and what lies behind it, are this database's. They are not where either was restored from a backup,
 * or belongs to another portal: positions are given once more then, to other events.
 */
async function agrees({ database, warehouse }: Parts, position: number, batch: number): Promise<boolean> {
  const there = await warehouse.query<Place>(
    'select position, toString(id) as id from event where position >= {position:UInt64} order by position limit {most:UInt32}',
    { position, most: batch + 2 },
    { seconds: 60 },
  )
  if (position > 0 && there[0]?.position !== position) return false
  if (there.length > batch + 1) return false // one batch can lie behind the cursor, not more
  if (there.length === 0) return true
  const here = await database
    .db<WarehouseTables>()
    .selectFrom('event')
    .select(['position', 'id'])
    .where(
      'position',
      'in',
      there.map(one => one.position),
    )
    .execute()
  return there.every(one => here.some(other => other.position === one.position && other.id === one.id))
}

interface Place {
  position: number
  id: string
}

/** idle: nothing waits, or another process is at it. lost: there is no such filling any more. */
async function appendNext(parts: Parts, filling: string, batch: number): Promise<'appended' | 'idle' | 'lost'> {
  const chosen = await inTurn(parts, () => chooseBatch(parts, filling, batch))
  if (chosen === null || chosen === 'idle') return 'idle'
  if (chosen === 'lost') return 'lost'
  const done = await inTurn(parts, () => append(parts, filling, chosen))
  return done ?? 'idle'
}

interface Batch {
  /** the events after it … */
  after: number
  /** … to this one */
  last: number
  /** somebody may have inserted it already, or some of it */
  tried: boolean
}

async function chooseBatch({ database }: Parts, filling: string, most: number): Promise<Batch | 'idle' | 'lost'> {
  const db = database.db<WarehouseTables>()
  const cursor = await db.selectFrom('warehouse_cursor').selectAll().where('filling', '=', filling).executeTakeFirst()
  if (!cursor) return 'lost'
  const { position: after, pending } = cursor
  if (pending !== null) return { after, last: pending, tried: true }
  const { rows } = await sql<{ last: number | null }>`
    select max(position) as last from (select position from event where position > ${after} order by position limit ${most}) as next`.execute(
    db,
  )
  const last = rows[0]!.last
  if (last === null) return 'idle'
  await db.updateTable('warehouse_cursor').set({ pending: last }).where('filling', '=', filling).execute()
  return { after, last, tried: false }
}

async function append(parts: Parts, filling: string, batch: Batch): Promise<'appended' | 'lost'> {
  const { database } = parts
  const db = database.db<WarehouseTables>()
  const isMine = await db
    .selectFrom('warehouse_cursor')
    .select('filling')
    .where('filling', '=', filling)
    .where('position', '=', batch.after)
    .where('pending', '=', batch.last)
    .executeTakeFirst()
  if (!isMine) return 'appended' // another process has done it in between
  const { rows } = await sql<EventRow>`
    select position, id, name, data::text as data, at from event where position > ${batch.after} and position <= ${batch.last} order by position`.execute(
    db,
  )
  await insertBatch(parts, rows, `event-${filling}-${batch.after}-${batch.last}`, batch)
  await db.updateTable('warehouse_cursor').set({ position: batch.last, pending: null }).where('filling', '=', filling).execute()
  return 'appended'
}

interface EventRow {
  position: number
  id: string
  name: string
  data: string
  at: Date
}

/**
 * A batch that was tried before is looked for first: a power cut may have kept its rows and not the note of its id, or some of its
 * months; and looked for afterwards, since a server that was killed at a bad moment holds it for done and has not its rows
 * (warehouse-repair.ts strikes such notes out, on the embedded side). In a cluster the keeper writes both or neither.
 */
async function insertBatch(
  parts: Parts,
  rows: readonly EventRow[],
  batchId: string,
  { after, last, tried }: Batch,
): Promise<void> {
  const { warehouse } = parts
  const append = (some: readonly EventRow[], id: string) => warehouse.insert('event', some, { batchId: id, seconds: 60 })
  if (!tried || warehouse.side.kind === 'cluster') return append(rows, batchId)
  const missing = async () => {
    const there = await warehouse.query<{ position: number }>(
      'select position from event where position > {after:UInt64} and position <= {last:UInt64}',
      { after, last },
      { seconds: 60 },
    )
    const places = new Set(there.map(one => one.position))
    return rows.filter(({ position }) => !places.has(position))
  }
  const first = await missing()
  if (first.length === rows.length) await append(rows, batchId)
  else if (first.length > 0) await append(first, newId())
  const still = await missing()
  if (still.length > 0) await append(still, newId())
}
