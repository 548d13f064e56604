import type { DomainEvent, EventName } from '#platform/core'
import { type EventTables, handlerOf } from './events.ts'
import type { ServerFeature } from './feature.ts'
import type { Platform } from './platform.ts'

/** gone: it is not parked, somebody else replays it just now, or nobody listens to it any more. */
export type Replayed = { outcome: 'handled' } | { outcome: 'gone' } | { outcome: 'failed'; error: string }

/**
 * Gives a parked event to its listener in one transaction with its leaving the list: what the listener writes is there once, however
 * often and by however many one asks. The events after it have been handled meanwhile; a listener that minds the order must say so itself.
 */
export async function replayEvent(
  platform: Platform,
  features: readonly ServerFeature[],
  listener: string,
  eventId: string,
): Promise<Replayed> {
  const { database, log } = platform
  const parked = () =>
    database.db<EventTables>().selectFrom('event_parked').where('listener', '=', listener).where('event_id', '=', eventId)
  try {
    return await database.transaction(async () => {
      const db = database.db<EventTables>()
      const waiting = await parked().select('event_id').forUpdate().skipLocked().executeTakeFirst()
      if (!waiting) return { outcome: 'gone' }
      const { id, name, data, at } = await db.selectFrom('event').selectAll().where('id', '=', eventId).executeTakeFirstOrThrow()
      const handle = handlerOf(features, listener, name)
      if (!handle) return { outcome: 'gone' }
      await handle({ id, name, data, at: at.toISOString() } as DomainEvent<EventName, never>, platform)
      await db.deleteFrom('event_parked').where('listener', '=', listener).where('event_id', '=', eventId).execute()
      platform.metrics.delivery(listener, 'handled')
      return { outcome: 'handled' }
    })
  } catch (error) {
    const reason = (error instanceof Error ? error.message : String(error)).slice(0, 500)
    await database
      .db<EventTables>()
      .updateTable('event_parked')
      .set(({ eb }) => ({ attempts: eb('attempts', '+', 1), error: reason, parked_at: platform.now() }))
      .where('listener', '=', listener)
      .where('event_id', '=', eventId)
      .execute()
    platform.metrics.delivery(listener, 'failed')
    log.warn({ listener, eventId, error }, 'a parked event failed again')
    return { outcome: 'failed', error: reason }
  }
}
