import type { ColumnType } from 'kysely'
import { type Database, type Platform, route, type ServerFeature } from '#platform/server'
import { getManufacturer, type ManufacturerProfile, unnamedManufacturer } from '../core/index.ts'
import { personal } from './personal.ts'

interface Tables {
  manufacturer: {
    only_one: ColumnType<boolean, never, never>
    profile: ColumnType<ManufacturerProfile, string, string>
    updated_at: Date
  }
}

/** The manufacturer's own profile. */
export const manufacturer: ServerFeature = {
  name: 'manufacturer',
  routes: [route(getManufacturer, (_, { platform }) => readManufacturer(platform.database))],
  personal,
}

export async function readManufacturer(database: Database): Promise<ManufacturerProfile> {
  const row = await database.db<Tables>().selectFrom('manufacturer').select('profile').executeTakeFirst()
  return row?.profile ?? unnamedManufacturer
}

export async function saveManufacturer(platform: Platform, profile: ManufacturerProfile): Promise<void> {
  const values = { profile: JSON.stringify(profile), updated_at: platform.now() }
  await platform.database.transaction(async () => {
    await platform.database
      .db<Tables>()
      .insertInto('manufacturer')
      .values(values)
      .onConflict(conflict => conflict.column('only_one').doUpdateSet(values))
      .execute()
    await platform.live.publish('pages', 'manufacturer')
  })
}
