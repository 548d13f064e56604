import { type Generated, type Selectable, sql } from 'kysely'
import type { DomainEvent, EventName } from '#platform/core'
import type { Database } from './database.ts'
import type { Listener, ServerFeature } from './feature.ts'
import { newId } from './ids.ts'
import type { Log } from './log.ts'
import type { Platform } from './platform.ts'
import { never, repeater } from './repeater.ts'
import { safeError } from './safe-error.ts'
import type { Signals } from './signals.ts'
import { type Tracing, traced } from './tracing.ts'

export interface EventTables {
  event: { id: string; name: string; data: unknown; at: Date; position: Generated<number | null>; trace?: string | null }
  event_listener: { name: string; position: number; attempts: number; retry_at: Date | null; last_error: string | null }
  event_parked: { listener: string; event_id: string; attempts: number; error: string; parked_at: Date }
}

export const eventChannel = 'fettle_event'

/** Appends a fact in the ambient transaction; it reaches the listeners when and only when that commits. */
export const createRecord =
  (database: Database, now: () => Date, tracing?: Tracing): Platform['record'] =>
  async (name, data) => {
    if (!database.inTransaction()) throw new Error(`record('${name}') needs a transaction: the fact and its rows commit together`)
    const id = newId()
    const row = { id, name, data: JSON.stringify(data), at: now(), ...(tracing ? { trace: tracing.current() } : {}) }
    await Promise.all([
      database.db<EventTables>().insertInto('event').values(row).execute(),
      sql`select pg_notify(${eventChannel}, '')`.execute(database.db()),
    ])
    return id
  }

export interface EventOptions {
  /** a listener that fails this often with one event goes on without it; default 10, about 17 minutes */
  attempts?: number
  /** before the second attempt; doubles with each further one; default 2000 */
  firstDelay?: number
  /** between looks without a signal, ms; default 5000 */
  poll?: number
}

export interface Relay {
  start(): Promise<void>
  /** Waits for the deliveries under way. */
  stop(): Promise<void>
  /** Resolves when every listener has handled all that is committed now, except what waits for a retry. For tests and the demo. */
  settled(): Promise<void>
}

interface Subscription {
  name: string
  /** by event name */
  handlers: Map<string, Listener<EventName>['handle']>
}

/**
 * Delivers events to the features' listeners, each with a cursor of its own. The cursor moves in the transaction in which the
 * listener worked, so its rows and jobs are there exactly once; what it does outside the database happens at least once.
 * Any number of portal processes may run it: a listener is locked while one of them serves it.
 */
export function createRelay(
  platform: Platform,
  features: readonly ServerFeature[],
  signals: Signals,
  options: EventOptions = {},
): Relay {
  const { attempts = 10, firstDelay = 2000, poll = 5000 } = options
  const { database, log } = platform
  const subscriptions = subscriptionsOf(features)
  const heard = subscriptions.flatMap(({ name, handlers }) => [...handlers.keys()].map(event => ({ listener: name, event })))
  const limit = semaphore(parallel)
  let stopListening = async () => {}
  const numbering = repeater(async () => {
    await numberEvents(database)
    for (const listener of await listenersDue(database, heard)) lanes.get(listener)!.wake()
    return poll
  }, reportTrouble)
  const lanes = new Map(
    subscriptions.map(subscription => [subscription.name, repeater(() => limit(() => drain(subscription)), reportTrouble)]),
  )
  let stopping = false

  /** Serves one listener until nothing is due; returns after how many ms it wants to be served again. */
  async function drain(subscription: Subscription): Promise<number> {
    while (!stopping) {
      const outcome = await deliverNext(platform, subscription)
      if (outcome.status === 'idle') break
      if (outcome.status === 'waiting') return Math.max(10, outcome.until.getTime() - Date.now())
      if (outcome.status === 'handled') platform.metrics.delivery(subscription.name, 'handled')
      if (outcome.status !== 'failed') continue
      const parked = await noteFailure(database, log, subscription.name, outcome, attempts, firstDelay)
      platform.metrics.delivery(subscription.name, parked ? 'parked' : 'failed')
    }
    return never
  }

  function reportTrouble(error: unknown): number {
    log.error({ error }, 'events could not be delivered; trying again')
    return poll
  }

  return {
    async start() {
      await registerListeners(database, subscriptions)
      stopListening = await signals.listen(eventChannel, numbering.wake, numbering.wake)
      numbering.wake()
    },
    async stop() {
      stopping = true
      await stopListening()
      await Promise.all([numbering, ...lanes.values()].map(one => one.stop()))
    },
    async settled() {
      numbering.wake()
      await numbering.idle()
      await Promise.all([...lanes.values()].map(lane => lane.idle()))
    },
  }
}

const parallel = 4

function subscriptionsOf(features: readonly ServerFeature[]): Subscription[] {
  const subscriptions = new Map<string, Subscription>()
  for (const feature of features) {
    for (const [event, listeners] of Object.entries(feature.on ?? {})) {
      for (const listener of listeners as Listener<EventName>[]) {
        const subscription = subscriptions.get(listener.name) ?? { name: listener.name, handlers: new Map() }
        if (subscription.handlers.has(event)) throw new Error(`Two listeners for ${event} are named ${listener.name}`)
        subscription.handlers.set(event, listener.handle)
        subscriptions.set(listener.name, subscription)
      }
    }
  }
  return [...subscriptions.values()]
}

/** Names of the events each listener hears. */
export const eventsByListener = (features: readonly ServerFeature[]): Map<string, string[]> =>
  new Map(subscriptionsOf(features).map(({ name, handlers }) => [name, [...handlers.keys()]]))

/** What a listener does with events of that name; undefined where it is gone or hears no such event. */
export const handlerOf = (features: readonly ServerFeature[], listener: string, event: string) =>
  subscriptionsOf(features)
    .find(({ name }) => name === listener)
    ?.handlers.get(event)

/** A listener that is new begins with what happens from now on: it must not mail the history. */
async function registerListeners(database: Database, subscriptions: Subscription[]): Promise<void> {
  for (const { name } of subscriptions) {
    await sql`insert into event_listener (name, position) select ${name}, coalesce(max(position), 0) from event on conflict do nothing`.execute(
      database.db(),
    )
  }
}

/** Gives committed events their place in the order of delivery, one process at a time. */
async function numberEvents(database: Database): Promise<void> {
  await database.transaction(async () => {
    await sql`select pg_advisory_xact_lock(hashtext('fettle-number-events'))`.execute(database.db())
    await sql`
      update event set position = numbered.position
      from (select id, nextval('event_position') as position from (select id from event where position is null order by id) as waiting) as numbered
      where event.id = numbered.id`.execute(database.db())
  })
}

/** Listeners that an event waits for, found at once: to ask every listener takes four statements of each. */
async function listenersDue(database: Database, heard: { listener: string; event: string }[]): Promise<Set<string>> {
  const [listeners, events] = [heard.map(({ listener }) => listener), heard.map(({ event }) => event)]
  // `limit 1` holds the plan to one look into the index for each, however many events there are
  const { rows } = await sql<{ listener: string }>`
    select heard.listener
    from unnest(${listeners}::text[], ${events}::text[]) as heard (listener, event)
    join event_listener on event_listener.name = heard.listener
    cross join lateral (select from event where name = heard.event and position > event_listener.position limit 1) as due`.execute(
    database.db(),
  )
  return new Set(rows.map(({ listener }) => listener))
}

interface Failed {
  status: 'failed'
  event: Selectable<EventTables['event']>
  error: unknown
}
type Outcome = Failed | { status: 'handled' } | { status: 'idle' } | { status: 'waiting'; until: Date }

async function deliverNext(platform: Platform, subscription: Subscription): Promise<Outcome> {
  const { database } = platform
  let current: Selectable<EventTables['event']> | undefined
  try {
    return await database.transaction(async (): Promise<Outcome> => {
      const db = database.db<EventTables>()
      const listener = await db
        .selectFrom('event_listener')
        .selectAll()
        .where('name', '=', subscription.name)
        .forUpdate()
        .skipLocked()
        .executeTakeFirst()
      if (!listener) return { status: 'idle' } // another process serves it
      if (listener.retry_at && listener.retry_at.getTime() > Date.now()) return { status: 'waiting', until: listener.retry_at }
      current = await nextEvent(database, subscription, listener.position)
      if (!current) return { status: 'idle' }
      const { id, name, data, at, position } = current
      const handle = subscription.handlers.get(name)!
      const event = { id, name, data, at: at.toISOString() } as DomainEvent<EventName, never>
      const attributes = { 'fettle.listener': subscription.name, 'fettle.event': name }
      await traced(platform, `listener ${subscription.name}`, attributes, () => handle(event, platform), current.trace)
      await db
        .updateTable('event_listener')
        .set({ position: position!, attempts: 0, retry_at: null, last_error: null })
        .where('name', '=', subscription.name)
        .execute()
      return { status: 'handled' }
    })
  } catch (error) {
    if (!current) throw error
    return { status: 'failed', event: current, error }
  }
}

const nextEvent = (database: Database, { handlers }: Subscription, after: number) =>
  database
    .db<EventTables>()
    .selectFrom('event')
    .selectAll()
    .where('position', '>', after)
    .where('name', 'in', [...handlers.keys()])
    .orderBy('position')
    .limit(1)
    .executeTakeFirst()

/** Puts off the event with growing delay; after the last attempt parks it, so that those behind it are served. Answers whether it did. */
async function noteFailure(
  database: Database,
  log: Log,
  listener: string,
  failed: Failed,
  limit: number,
  firstDelay: number,
): Promise<boolean> {
  const { event, error } = failed
  return database.transaction(async () => {
    const db = database.db<EventTables>()
    const row = await db
      .selectFrom('event_listener')
      .selectAll()
      .where('name', '=', listener)
      .forUpdate()
      .executeTakeFirstOrThrow()
    if (row.position >= event.position!) return false // another process got it through in between
    const attempts = row.attempts + 1
    const reason = safeError(error).message.slice(0, 500)
    const fields = { listener, event: event.name, eventId: event.id, attempts, error }
    if (attempts < limit) {
      const retryAt = new Date(Date.now() + firstDelay * 2 ** (attempts - 1))
      await db
        .updateTable('event_listener')
        .set({ attempts, retry_at: retryAt, last_error: reason })
        .where('name', '=', listener)
        .execute()
      log.warn(fields, 'a listener failed; the event will be delivered again')
      return false
    }
    await db
      .insertInto('event_parked')
      .values({ listener, event_id: event.id, attempts, error: reason, parked_at: new Date() })
      .onConflict(conflict => conflict.doNothing())
      .execute()
    await db
      .updateTable('event_listener')
      .set({ position: event.position!, attempts: 0, retry_at: null, last_error: reason })
      .where('name', '=', listener)
      .execute()
    log.error(fields, 'a listener failed for the last time; the event is parked in event_parked')
    return true
  })
}

/** At most `places` at a time; the others wait their turn. */
function semaphore(places: number): <T>(work: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = []
  let free = places
  return async work => {
    if (free > 0) free--
    else await new Promise<void>(resolve => waiting.push(resolve))
    try {
      return await work()
    } finally {
      const next = waiting.shift()
      if (next) next()
      else free++
    }
  }
}
