import { sql } from 'kysely'
import type { Database } from './database.ts'
import type { ServerFeature } from './feature.ts'
import { type PersonalTable, type SealedColumn, sealedColumns } from './personal.ts'
import { personalTables } from './personal-tables.ts'
import { emailDigest, phoneDigest } from './sealed-fields.ts'
import type { Vault } from './vault.ts'

type Store = { database: Database; vault: Vault }

const batch = 200

/**
 * Seals what stands in plain words in declared columns, as an older version left it, and makes the keyed hashes beside it. A column
 * that was done is never looked at again. Called before anything else reads or writes; several portals may start at once.
 */
export async function sealOldRows({ database, vault }: Store, features: readonly ServerFeature[]): Promise<void> {
  const tables = personalTables(features)
  const due = await plainColumns(database, tables)
  if (due.length === 0) return
  await database.transaction(async () => {
    const db = database.db<SealedColumns>()
    await sql`select pg_advisory_xact_lock(hashtext('fettle-seal-columns'))`.execute(db)
    for (const column of await plainColumns(database, tables)) {
      while ((await sealBatch({ database, vault }, column, plain(column))) > 0);
      await db.insertInto('sealed_column').values({ table_name: column.table, column_name: column.column }).execute()
    }
    for (const { personal } of features) await personal?.afterSealing?.(database)
  })
}

interface SealedColumns {
  sealed_column: { table_name: string; column_name: string }
}

async function plainColumns(database: Database, tables: readonly PersonalTable[]): Promise<SealedColumn[]> {
  const done = await database.db<SealedColumns>().selectFrom('sealed_column').select(['table_name', 'column_name']).execute()
  const names = new Set(done.map(row => `${row.table_name}.${row.column_name}`))
  return sealedColumns(tables).filter(({ table, column }) => !names.has(`${table}.${column}`))
}

/** Seals one batch of what older data keys sealed, under the current one; answers how many rows. Beside everything else that reads and writes. */
export const resealBatch = (store: Store, column: SealedColumn): Promise<number> =>
  sealBatch(store, column, underOlderKey(store.vault, column))

/** Rows of the column that are sealed under an older data key than the current one. */
export async function rowsToReseal({ database, vault }: Store, column: SealedColumn): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from ${sql.table(column.table)} where ${underOlderKey(vault, column)}`.execute(database.db())
  return rows[0]!.n
}

/** Nobody types this by chance. */
const sealedText = String.raw`^v1\.\d+\.[\w-]{38,}$`

const plain = ({ column }: SealedColumn) => sql`${sql.ref(column)} is not null and ${sql.ref(column)} !~ ${sealedText}`

const underOlderKey = (vault: Vault, { column }: SealedColumn) =>
  sql`${sql.ref(column)} is not null and ${sql.ref(column)} not like ${`v1.${vault.currentDataKey()}.%`}`

/** A row is locked while it is sealed: whoever changes it meanwhile waits; whoever else seals passes it by. */
async function sealBatch({ database, vault }: Store, place: SealedColumn, due: ReturnType<typeof plain>): Promise<number> {
  const { table, key, column, lookUp } = place
  const context = `${table}.${column}`
  return database.transaction(async () => {
    const db = database.db()
    const { rows } = await sql<Record<string, string> & { sealed_text: string }>`
      select ${sql.join(key.map(name => sql.ref(name)))}, ${sql.ref(column)} as sealed_text from ${sql.table(table)}
      where ${due} limit ${batch} for update skip locked`.execute(db)
    for (const row of rows) {
      const found = row.sealed_text
      const text = new RegExp(sealedText).test(found) ? await vault.open(found, context) : found
      const changes = [sql`${sql.ref(column)} = ${await vault.seal(text, context)}`]
      if (lookUp) changes.push(sql`${sql.ref(lookUp.column)} = ${digests[lookUp.as](vault, text)}`)
      const isRow = key.map(name => sql`${sql.ref(name)} = ${row[name]}`)
      await sql`update ${sql.table(table)} set ${sql.join(changes)} where ${sql.join(isRow, sql` and `)}`.execute(db)
    }
    return rows.length
  })
}

const digests = { email: emailDigest, phone: phoneDigest }
