import { sql } from 'kysely'
import type { DeviceMessage, Platform } from '#platform/server'
import type { Sequence } from '../core/index.ts'

/** Numbered messages of one machine that are remembered: more than may be under way of it. migrations/0096-reading-sequence.sql says the same. */
const places = 256

export interface Numbered {
  message: DeviceMessage
  sequence: Sequence
}

interface Heard {
  /** when it came first */
  at: Date
  repeated: boolean
}

/** What is known of messages that this process was given before, and is given again since they could not be written: those are no repetitions. */
const heard = new WeakMap<DeviceMessage, Heard>()

/**
 * When each of these was first heard, by whichever portal: what is sent again is of the same moment as before, and so is kept once. That is written before
 * the readings are, so that it holds where a portal is killed between the two. Repetitions are counted at their machines.
 */
export async function firstHeard(platform: Platform, numbered: readonly Numbered[]): Promise<ReadonlyMap<DeviceMessage, Date>> {
  const fresh = Map.groupBy(
    numbered.filter(({ message }) => !heard.has(message)),
    keyOf,
  )
  const remembered = await remember(
    platform,
    [...fresh.values()].map(([first]) => first!),
  )
  for (const [key, same] of fresh) {
    const { at, times } = remembered.get(key) ?? { at: same[0]!.message.receivedAt, times: 1 }
    for (const [n, { message }] of same.entries()) heard.set(message, { at, repeated: n > 0 || times > 1 })
  }
  for (const { message } of numbered) if (heard.get(message)!.repeated) platform.broker.refuse(message.deviceId, 'repeated')
  return new Map(numbered.map(({ message }) => [message, heard.get(message)!.at]))
}

const keyOf = ({ message, sequence: { boot, seq } }: Numbered): string => `${message.deviceId} ${seq} ${boot}`

/** Puts each in its place, unless it is there. A number that is behind by a round finds its place taken, and is not remembered. */
async function remember({ database }: Platform, fresh: readonly Numbered[]): Promise<Map<string, { at: Date; times: number }>> {
  const rows = new Map(
    fresh.map(({ message: { deviceId, receivedAt }, sequence: { boot, seq } }) => {
      const place = seq % places
      return [`${deviceId} ${place}`, { device_id: deviceId, place, boot, seq, at: receivedAt }]
    }),
  )
  if (rows.size === 0) return new Map()
  const { rows: kept } = await sql<{ device_id: string; boot: string; seq: string; at: Date; times: number }>`
    insert into reading_sequence as s (device_id, place, boot, seq, at)
    select d.id, t.place, t.boot, t.seq, t.at
    from jsonb_to_recordset(${JSON.stringify([...rows.values()])}::jsonb)
      as t(device_id uuid, place smallint, boot text, seq bigint, at timestamptz) join device d on d.id = t.device_id
    order by d.id, t.place
    on conflict (device_id, place) do update set boot = excluded.boot, seq = excluded.seq,
      at = case when (s.boot, s.seq) = (excluded.boot, excluded.seq) then s.at else excluded.at end,
      times = case when (s.boot, s.seq) = (excluded.boot, excluded.seq) then s.times + 1 else 1 end
    where s.boot <> excluded.boot or s.seq <= excluded.seq
    returning device_id, boot, seq, at, times`.execute(database.db())
  return new Map(kept.map(({ device_id, boot, seq, ...first }) => [`${device_id} ${seq} ${boot}`, first]))
}
