import type { Platform } from '#platform/server'
import { doubtKinds } from '../core/index.ts'
import type { DiagnosisTables } from './tables.ts'

/** A time in which a metric was not believed. until null: it is not yet */
export interface Doubt {
  metric: string
  from: Date
  until: Date | null
}

/** Which metrics of a machine were not believed in a time, but for what somebody looked at and found right: readings of then tell nothing. */
export async function doubtsOf(
  { database }: Platform,
  deviceId: string,
  { from, until }: { from: Date; until: Date },
): Promise<Doubt[]> {
  const rows = await database
    .db<DiagnosisTables>()
    .selectFrom('device_finding')
    .select(['contributions', 'opened_at', 'closed_at'])
    .where('device_id', '=', deviceId)
    .where('kind', 'in', [...doubtKinds])
    .where('verdict', 'is distinct from', 'no-fault')
    .where('opened_at', '<', until)
    .where(eb => eb.or([eb('closed_at', 'is', null), eb('closed_at', '>', from)]))
    .execute()
  return rows.flatMap(({ contributions, opened_at, closed_at }) =>
    contributions.map(({ metric }) => ({ metric, from: opened_at, until: closed_at })),
  )
}
