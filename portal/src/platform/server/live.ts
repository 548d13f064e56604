import { sql } from 'kysely'
import type { Database } from './database.ts'
import type { Signals } from './signals.ts'

/** Tells browsers of every portal process that something changed: a topic and an id, never data. Backed by LISTEN/NOTIFY. */
export interface Live {
  /** Sent when the ambient transaction commits. topic: 'leads', 'company:<id>' */
  publish(topic: string, ids: string | readonly string[]): Promise<void>
  /**
   * Called for every message of the topic from any process, and with null when messages may have been missed because the
   * database was away; returns the unsubscribe function.
   */
  subscribe(topic: string, listener: (id: string | null) => void): () => void
}

const channel = 'fettle_live'

/** Ends the streams of one session in every process, when the ambient transaction commits. */
export const endStreams = (live: Live, accountId: string, sessionId: string): Promise<void> =>
  live.publish(accountTopic(accountId), sessionId)

/** Where a stream hears that its session has ended. */
export const accountTopic = (accountId: string): string => `account:${accountId}`

export async function openLive(database: Database, signals: Signals): Promise<Live> {
  const topics = new Map<string, Set<(id: string | null) => void>>()
  await signals.listen(
    channel,
    payload => {
      const { topic, id } = JSON.parse(payload) as { topic: string; id: string }
      for (const listener of topics.get(topic) ?? []) listener(id)
    },
    () => {
      for (const listeners of topics.values()) for (const listener of listeners) listener(null)
    },
  )
  return {
    async publish(topic, ids) {
      const said = [ids].flat().map(id => JSON.stringify({ topic, id }))
      await sql`select pg_notify(${channel}, said) from unnest(${said}::text[]) as said`.execute(database.db())
    },
    subscribe(topic, listener) {
      const listeners = topics.get(topic) ?? new Set()
      topics.set(topic, listeners.add(listener))
      return () => {
        listeners.delete(listener)
        if (listeners.size === 0 && topics.get(topic) === listeners) topics.delete(topic)
      }
    },
  }
}
