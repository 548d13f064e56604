import type { Selectable } from 'kysely'
import type { Database } from '#platform/server'
import type { DiscoveryTables } from './tables.ts'

export type DiscoveryRow = Omit<Selectable<DiscoveryTables['discovery']>, 'only_one' | 'updated_at'>

const untouched: DiscoveryRow = {
  hidden: false,
  codes: {},
  index_now_host: null,
  index_now_key: null,
  baidu_token: null,
  wechat_app_id: null,
  wechat_secret: null,
  revision: 0,
}

/** What was set, or what holds until somebody does. */
export async function readSettings(database: Database, lock = false): Promise<DiscoveryRow> {
  const row = await database
    .db<DiscoveryTables>()
    .selectFrom('discovery')
    .selectAll()
    .$if(lock, query => query.forUpdate())
    .executeTakeFirst()
  return row ?? untouched
}
