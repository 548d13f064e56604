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

interface Listening {
  onSignal: (payload: string) => void
  onReconnect: () => void
}

export async function openSignals(url: string, log: Log): Promise<Signals> {
  const channels = new Map<string, Set<Listening>>()
  let closed = false
  let client = await connect()

  async function connect(): Promise<pg.Client> {
    const next = new pg.Client({ connectionString: url, application_name: 'fettle-signals', keepAlive: true })
    next.on('notification', ({ channel, payload }) => {
      for (const { onSignal } of channels.get(channel) ?? []) onSignal(payload ?? '')
    })
    next.on('error', error => {
      if (!closed) log.warn({ error }, 'the connection for notifications was lost')
    })
    await next.connect()
    for (const channel of channels.keys()) await next.query(`listen ${next.escapeIdentifier(channel)}`)
    next.on('end', () => {
      if (!closed) retry(250)
    })
    return next
  }

  function retry(delay: number): void {
    setTimeout(async () => {
      if (closed) return
      try {
        client = await connect()
        for (const listenings of channels.values()) for (const { onReconnect } of listenings) onReconnect()
      } catch {
        retry(Math.min(delay * 2, 10_000))
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
