import { sql } from 'kysely'
import type { Database } from '#platform/server'
import type { DeviceTables } from './tables.ts'

/** How many of these machines have an owner now, and how many have ever signed in. */
export async function countInUse({ db }: Database, ids: readonly string[]): Promise<{ owned: number; signedIn: number }> {
  const { rows } = await sql<{ owned: number; signed_in: number }>`
    select
      (select count(*)::int from device_ownership
        where device_id = any(${ids}::uuid[]) and role = 'owner' and until_at is null) as owned,
      (select count(distinct device_id)::int from device_credential
        where device_id = any(${ids}::uuid[]) and last_used_at is not null) as signed_in`.execute(db<DeviceTables>())
  return { owned: rows[0]!.owned, signedIn: rows[0]!.signed_in }
}
