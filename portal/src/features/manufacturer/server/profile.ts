import { sql } from 'kysely'
import { pagesChanged } from '#features/discovery/server'
import { type Account, changedMeanwhile, type Database, type Platform } from '#platform/server'
import { filledIn, fromKept, type ManufacturerProfile, unnamedManufacturer } from '../core/index.ts'
import type { ManufacturerTables } from './tables.ts'

export async function readManufacturer(database: Database): Promise<ManufacturerProfile> {
  return (await readProfile(database)).profile
}

/** The zone in which its days begin and end, for a statement that needs it: as part of it, not as a question before it. */
export const manufacturersZone = sql<string>`coalesce((select profile ->> 'timeZone' from manufacturer), ${unnamedManufacturer.timeZone})`

/** When somebody last changed it; null: nobody has filled it in yet. */
export async function manufacturerChangedAt(database: Database): Promise<Date | null> {
  const row = await database.db<ManufacturerTables>().selectFrom('manufacturer').select('updated_at').executeTakeFirst()
  return row?.updated_at ?? null
}

/** With the revision that an edit has to name; 0 where nobody has filled it in yet. */
export async function readProfile(database: Database, lock = false): Promise<{ profile: ManufacturerProfile; revision: number }> {
  const row = await database
    .db<ManufacturerTables>()
    .selectFrom('manufacturer')
    .select(['profile', 'revision'])
    .$if(lock, query => query.forUpdate())
    .executeTakeFirst()
  return row ? { profile: fromKept(row.profile), revision: row.revision } : { profile: unnamedManufacturer, revision: 0 }
}

/** Says who runs the portal, from the next page on. Fails with 412 where somebody changed it meanwhile. */
export async function changeProfile(
  platform: Platform,
  actor: Pick<Account, 'id'>,
  { profile: typed, revision }: { profile: ManufacturerProfile; revision: string },
): Promise<void> {
  const profile = filledIn(typed)
  await platform.database.transaction(async () => {
    const before = await readProfile(platform.database, true)
    if (String(before.revision) !== revision) throw changedMeanwhile()
    const changed = (Object.keys(profile) as (keyof ManufacturerProfile)[]).filter(
      key => JSON.stringify(before.profile[key]) !== JSON.stringify(profile[key]),
    )
    await saveManufacturer(platform, profile)
    await platform.record('manufacturer.changed', { by: actor.id })
    await platform.audit.write({
      action: 'manufacturer.changed',
      target: { kind: 'manufacturer', id: 'manufacturer' },
      before: Object.fromEntries(changed.map(key => [key, before.profile[key]])),
      after: Object.fromEntries(changed.map(key => [key, profile[key]])),
    })
  })
}

/** Puts the profile in place of the one there is. */
export async function saveManufacturer(platform: Platform, profile: ManufacturerProfile): Promise<void> {
  const values = { profile: JSON.stringify(profile), updated_at: platform.now() }
  await platform.database.transaction(async () => {
    await platform.database
      .db<ManufacturerTables>()
      .insertInto('manufacturer')
      .values({ ...values, revision: 1 })
      .onConflict(conflict =>
        conflict.column('only_one').doUpdateSet(eb => ({ ...values, revision: eb('manufacturer.revision', '+', 1) })),
      )
      .execute()
    await platform.live.publish('pages', 'manufacturer')
    await pagesChanged(platform, ['/'])
  })
}
