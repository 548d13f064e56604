import { sql } from 'kysely'
import type { Database } from './database.ts'
import type { Live } from './live.ts'
import type { Log } from './log.ts'
import { repeater } from './repeater.ts'

/**
 * The portal processes of one database that messages of devices come to. Each has a lease by the database's clock, which it renews, so that
 * one that died or hangs is none of them once that has ended. Every process knows them, whether it is one or not.
 */
export interface Portals {
  /** id of this process */
  self: string
  /**
   * Their ids, in order. Empty: there are none, or nothing was begun here. null: nobody knows, for the database has been away for as long
   * as a lease; where this process was the only one, it still is.
   */
  living(): readonly string[] | null
  /** Calls back when that changes, until the function returned is called. */
  onChange(listener: () => void): () => void
  /** From here on it is known who lives, and that this process does as long as `takes` says that messages come to it. */
  begin(takes: () => boolean): Promise<void>
  /** Asks at once. */
  look(): Promise<void>
  /** No messages come here any more; the others hear of it at once. */
  leave(): Promise<void>
}

export interface PortalsOptions {
  /** ms between renewals; default 2000 */
  beat?: number
  /** ms for which a process counts as living after each; default 10 000 */
  lease?: number
}

const topic = 'portals'

export function createPortals(
  { database, live, log, newId }: { database: Database; live: Live; log: Log; newId(): string },
  { beat = 2000, lease = 10_000 }: PortalsOptions = {},
): Portals {
  const self = newId()
  const listeners = new Set<() => void>()
  let takes = () => false
  let stopHearing: (() => void) | null = null
  let known: readonly string[] = []
  /** of performance.now(), when what is known was asked for: before the database began to reckon the lease */
  let askedAt = Number.POSITIVE_INFINITY
  let told: string | null = ''

  const living = () => (known.every(id => id === self) || performance.now() - askedAt < lease ? known : null)

  function tell(): void {
    const now = living()?.join(' ') ?? null
    if (now === told) return
    told = now
    for (const listener of [...listeners]) listener()
  }

  async function ask(): Promise<number> {
    tell() // where this process was held up for longer than its lease, its place was another's meanwhile
    const now = performance.now()
    const ids = takes() ? [self] : []
    const { rows } = await sql<{ id: string }>`
      with gone as (delete from portal_process where until < now() - interval '1 minute' and id <> ${self}),
      own as (
        insert into portal_process (id, until)
        select id, now() + ${lease} * interval '1 millisecond' from unnest(${ids}::uuid[]) as id
        on conflict (id) do update set until = excluded.until returning id
      )
      select id from own union select id from portal_process where until > now() and id <> ${self} order by id`.execute(
      database.db(),
    )
    const isNew = ids.length > 0 && !known.includes(self)
    known = rows.map(({ id }) => id)
    askedAt = now
    tell()
    if (isNew) await live.publish(topic, self)
    return beat
  }

  const asking = repeater(ask, error => {
    log.warn({ error }, 'it could not be asked which portal processes live; trying again')
    tell()
    return beat
  })

  function look(): Promise<void> {
    asking.wake()
    return asking.idle()
  }

  return {
    self,
    living,
    onChange(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    begin(says) {
      takes = says
      stopHearing = live.subscribe(topic, id => {
        if (id !== self) asking.wake()
      })
      return look()
    },
    look,
    async leave() {
      stopHearing?.()
      await asking.stop()
      if (!known.includes(self)) return
      try {
        await database.transaction(async () => {
          await sql`delete from portal_process where id = ${self}`.execute(database.db())
          await live.publish(topic, self)
        })
      } catch (error) {
        log.warn({ error }, 'that this process takes no more messages is heard once its lease has ended')
      }
    },
  }
}
