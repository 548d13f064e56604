import pg from 'pg'
import type { Log } from './log.ts'

/** One connection that listens to PostgreSQL notifications for the whole process. A signal says "look", it is never the news itself. */
export interface Signals {
  /**
   * Calls `onSignal` for every notification on the channel, and `onReconnect` after the connection was lost and is back:
   * what was told in between is lost. Returns the function that ends it.
   */
  listen(channel: string, onSignal: (payload: string) => void, onReconnect?: () => void): Promise<() => Promise<void>>
  close(): Promise<void>
}

export interface SignalOptions {
  /** ms between questions whether the server still answers, and how long it may take; default 5000 */
  beat?: number
  /** called when it does not answer in time: the connection seems to live, and whoever else waits for the server should not */
  onSilence?: () => void
}

interface Listening {
  onSignal: (payload: string) => void
  onReconnect: () => void
}

export async function openSignals(url: string, log: Log, { beat = 5000, onSilence }: SignalOptions = {}): Promise<Signals> {
  const channels = new Map<string, Set<Listening>>()
  let closed = false
  let client = await connect()

  async function connect(): Promise<pg.Client> {
    const next = new pg.Client({
      connectionString: url,
      application_name: 'fettle-signals',
      keepAlive: true,
      connectionTimeoutMillis: 5000,
    })
    next.on('notification', ({ channel, payload }) => {
      for (const { onSignal } of channels.get(channel) ?? []) onSignal(payload ?? '')
    })
    next.on('error', error => {
      if (!closed) log.warn({ error }, 'the connection for notifications was lost')
    })
    try {
      await next.connect()
      for (const channel of channels.keys()) await next.query(`listen ${next.escapeIdentifier(channel)}`)
    } catch (error) {
      next.end().catch(() => {})
      throw error
    }
    const pulse = setInterval(() => feel(next), beat)
    next.on('end', () => {
      clearInterval(pulse)
      if (!closed) retry(250)
    })
    return next
  }

  /** A connection that only listens would not notice for hours that the other end has gone. */
  function feel(one: pg.Client): void {
    let answered = false
    const giveUp = () => {
      if (closed || answered) return
      log.warn({ ms: beat }, 'the database does not answer; its connections are given up')
      one.end().catch(() => {}) // breaks it, since a statement is under way
      onSilence?.()
    }
    // Where this process itself was held up, the answer waits to be read: setImmediate lets it be read first.
    const late = setTimeout(() => setImmediate(giveUp), beat * 0.9)
    const heard = () => {
      answered = true
      clearTimeout(late)
    }
    one.query('select 1').then(heard, heard) // the end of the connection is told by its event
  }

  function retry(delay: number): void {
    setTimeout(async () => {
      if (closed) return
      try {
        client = await connect()
        for (const listenings of channels.values()) for (const { onReconnect } of listenings) onReconnect()
      } catch {
        retry(Math.min(delay * 2, 5000))
      }
    }, delay).unref()
  }

  return {
    async listen(channel, onSignal, onReconnect = () => {}) {
      const listening = { onSignal, onReconnect }
      const known = channels.get(channel)
      if (known) known.add(listening)
      else {
        channels.set(channel, new Set([listening]))
        await client.query(`listen ${client.escapeIdentifier(channel)}`)
      }
      return async () => {
        channels.get(channel)?.delete(listening)
      }
    },
    async close() {
      closed = true
      await client.end().catch(() => {})
    },
  }
}
