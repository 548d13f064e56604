import pg from 'pg'
import type { Log } from './log.ts'

/**
 * Numbers that the portal processes of one database share out among themselves: each has one as long as it runs, and the next to start
 * takes the lowest that is free. By it a process has the same name at an outside broker as the one before it, and gets what waits there.
 */
export interface Slots {
  /** The lowest free number below `most`, or null: none is free. */
  take(most: number): Promise<number | null>
  /** Whether another process has one. */
  areOthers(): Promise<boolean>
  /** Called when the number is lost, since the connection to the database was. */
  onLost(lost: () => void): void
  close(): Promise<void>
}

/** first half of the key of these advisory locks: 'mqtt' */
const lockSpace = 0x6d717474

/** Advisory locks live as long as their connection, so there is one for them alone. */
export function openSlots(url: string, log: Log): Slots {
  let client: pg.Client | null = null
  let lost = () => {}
  let closed = false

  async function connect(): Promise<pg.Client> {
    const next = new pg.Client({
      connectionString: url,
      application_name: 'fettle-broker',
      keepAlive: true,
      connectionTimeoutMillis: 5000,
    })
    next.on('error', error => {
      if (!closed) log.warn({ error }, 'the connection that holds the place at the broker was lost')
    })
    try {
      await next.connect()
    } catch (error) {
      next.end().catch(() => {})
      throw error
    }
    next.on('end', () => {
      if (client !== next) return
      client = null
      if (!closed) lost()
    })
    return next
  }

  return {
    async take(most) {
      client ??= await connect()
      for (let slot = 0; slot < most; slot++) {
        const { rows } = await client.query<{ got: boolean }>('select pg_try_advisory_lock($1, $2) as got', [lockSpace, slot])
        if (rows[0]!.got) return slot
      }
      return null
    },
    async areOthers() {
      if (!client) return false
      const { rows } = await client.query<{ others: boolean }>(
        `select exists (select from pg_locks where locktype = 'advisory' and classid = $1 and granted
           and database = (select oid from pg_database where datname = current_database())
           and pid <> pg_backend_pid()) as others`,
        [lockSpace],
      )
      return rows[0]!.others
    },
    onLost(listener) {
      lost = listener
    },
    async close() {
      closed = true
      await client?.end().catch(() => {})
    },
  }
}
