import { existsSync } from 'node:fs'
import { readdir, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { type ClickHouseClient, ClickHouseLogLevel, createClient } from '@clickhouse/client'
import { migrationClient } from '../warehouse.ts'
import { startEmbeddedWarehouse, warehouseFolder } from '../warehouse-embedded.ts'
import { migrateWarehouse } from '../warehouse-migrate.ts'
import { type Backup, backupName } from './manifest.ts'
import type { Part } from './parts.ts'
import { type FrozenPart, fetchPart, listPooledParts, poolParts, type WarehouseFacts } from './warehouse-parts.ts'

/** Tables that lie in the warehouse alone. Its events are filled in again from the database. */
const tables = ['reading', 'reading_hour', 'reading_latest']

/**
 * Copies the readings of the embedded warehouse as they are just now, while it works on: ClickHouse freezes their parts by hard links. After the
 * database, so that what was acknowledged before the backup's moment is in it. null: there is no warehouse
 */
export async function backUpWarehouse(
  dataDir: string,
  dir: string,
  folder: string,
  name: string,
  secret: string | null,
): Promise<{ part: Part; warehouse: WarehouseFacts } | null> {
  const home = warehouseFolder(dataDir)
  if (!existsSync(join(home, 'data'))) return null
  const shadow = join(home, 'data', 'shadow')
  await rm(shadow, { recursive: true, force: true }) // of a backup that was killed: whoever backs up holds the turn
  return withWarehouse(home, async client => {
    try {
      const uuids = await tablesIn(client)
      const place = name.replaceAll(/\W/g, '_')
      for (const table of uuids.values()) await client.command({ query: `alter table ${table} freeze with name '${place}'` })
      const frozen = await frozenIn(join(shadow, place), uuids)
      const { part, pool } = await poolParts(frozen, dir, folder, secret)
      const counts = frozen.filter(({ table }) => table === 'reading').map(one => readFile(join(one.folder, 'count.txt'), 'utf8'))
      const readings = (await Promise.all(counts)).reduce((sum, count) => sum + Number(count), 0)
      return { part, warehouse: { pool, parts: frozen.length, readings } }
    } finally {
      await rm(shadow, { recursive: true, force: true })
    }
  })
}

/**
 * Puts the readings of a backup in place of the warehouse, whose events the next portal fills in again. What is there is kept aside. The copies must
 * have been looked at before (demandWholeParts).
 */
export async function restoreWarehouse(
  backup: Backup,
  dataDir: string,
  secret: string | null,
): Promise<{ aside: string[]; undo(): Promise<void> }> {
  const home = warehouseFolder(dataDir)
  const restoring = `${home}.restoring`
  const aside = `${home}.before-${backupName(new Date())}`
  await rm(restoring, { recursive: true, force: true })
  try {
    await withWarehouse(restoring, client => fill(client, backup, secret))
  } catch (error) {
    await rm(restoring, { recursive: true, force: true })
    throw error
  }
  const kept = existsSync(home)
  if (kept) {
    const taken = await startEmbeddedWarehouse(home, { patience: 0 }) // refuses where a portal uses it
    await taken.stop()
    await rename(home, aside)
  }
  await rename(restoring, home)
  return {
    aside: kept ? [aside] : [],
    async undo() {
      await rm(home, { recursive: true, force: true })
      if (kept) await rename(aside, home)
    },
  }
}

async function fill(client: ClickHouseClient, backup: Backup, secret: string | null): Promise<void> {
  const side = { kind: 'embedded' } as const
  await migrateWarehouse(migrationClient(client, side), side)
  const rows = await query<{ name: string; path: string }>(
    client,
    `select name, arrayJoin(data_paths) as path from system.tables where database = currentDatabase()`,
  )
  const folders = new Map(rows.map(({ name, path }) => [name, path]))
  for (const pooled of await listPooledParts(backup)) {
    await fetchPart(backup, pooled, secret, join(folders.get(pooled.table)!, 'detached'))
    await client.command({ query: `alter table ${pooled.table} attach part '${pooled.part}'` })
  }
}

/** Beside a portal that may be running on the folder. */
async function withWarehouse<T>(home: string, work: (client: ClickHouseClient) => Promise<T>): Promise<T> {
  const embedded = await startEmbeddedWarehouse(home, { join: true })
  const client = createClient({
    ...embedded.address,
    application: 'fettle-backup',
    request_timeout: 600_000,
    log: { level: ClickHouseLogLevel.OFF },
  })
  return work(client).finally(async () => {
    await client.close()
    await embedded.stop()
  })
}

const query = async <Row>(client: ClickHouseClient, sql: string): Promise<Row[]> =>
  (await client.query({ query: sql, format: 'JSONEachRow' })).json()

/** By the id that is the name of their folder; one of an older version may lack some. */
async function tablesIn(client: ClickHouseClient): Promise<Map<string, string>> {
  const rows = await query<{ uuid: string; name: string }>(
    client,
    `select toString(uuid) as uuid, name from system.tables where database = currentDatabase()`,
  )
  return new Map(rows.filter(({ name }) => tables.includes(name)).map(({ uuid, name }) => [uuid, name]))
}

/** `store/e90/e90e0105-…/202601_1_1_1`; a table without parts has no folder there. */
async function frozenIn(place: string, uuids: ReadonlyMap<string, string>): Promise<FrozenPart[]> {
  const parts: FrozenPart[] = []
  for (const [uuid, table] of uuids) {
    const folder = join(place, 'store', uuid.slice(0, 3), uuid)
    if (!existsSync(folder)) continue
    for (const name of await readdir(folder)) parts.push({ table, folder: join(folder, name) })
  }
  return parts
}
