import type pg from 'pg'
import type { Anchor } from '../audit-chain.ts'

/** A table's content at one moment: enough to see that a restored one is the same. */
export interface TableFacts {
  /** schema and name: public.lead */
  table: string
  /** in their order; generated ones are not among them */
  columns: string[]
  rows: number
  /** sum over the rows of the first 64 bits of each row's MD5: in no order, and sensitive to every value */
  checksum: string
}

export interface StoredTable {
  table: string
  columns: string[]
}

/** Every table that outlives a crash, of the portal and of its jobs. Partitions stand in their parent. */
export async function storedTables(client: pg.ClientBase): Promise<StoredTable[]> {
  const { rows } = await client.query<StoredTable>(`
    select n.nspname || '.' || c.relname as table,
      array_agg(a.attname::text order by a.attnum) filter (where a.attgenerated = '') as columns
    from pg_class c
    join pg_namespace n on n.oid = c.relnamespace
    join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    where c.relkind in ('r', 'p') and not c.relispartition and c.relpersistence = 'p'
      and n.nspname in ('public', 'job') and c.relname <> 'restore_unfinished'
    group by n.nspname, c.relname
    order by n.nspname, c.relname`)
  return rows
}

/** Counts and sums what the client's transaction sees. Values print the same on every server: it sets what that depends on. */
export async function tableFacts(client: pg.ClientBase, tables: StoredTable[]): Promise<TableFacts[]> {
  await client.query(`set datestyle to 'ISO'; set intervalstyle to 'postgres'; set timezone to 'UTC'; set bytea_output to 'hex';
    set extra_float_digits to 1`)
  const facts: TableFacts[] = []
  for (const { table, columns } of tables) {
    const { rows } = await client.query<{ rows: string; checksum: string }>(`
      select count(*)::text as rows,
        coalesce(sum(('x' || left(md5(row(${quoteAll(columns)})::text), 16))::bit(64)::bigint::numeric), 0)::text as checksum
      from ${quoteTable(table)}`)
    facts.push({ table, columns, rows: Number(rows[0]!.rows), checksum: rows[0]!.checksum })
  }
  return facts
}

/** Where the log of who did what ends, as the client's transaction sees it: noted outside of the database, it is an anchor. */
export async function readAuditHead(client: pg.ClientBase): Promise<Anchor | null> {
  const { rows } = await client.query<{ position: string; hash: string }>(
    `select position::text, encode(hash, 'hex') as hash from audit_head where position > 0`,
  )
  return rows[0] ? { position: Number(rows[0].position), hash: rows[0].hash } : null
}

export interface TableDifference {
  table: string
  /** in one sentence */
  difference: string
}

/** Where the restored tables differ from the facts of the backup. */
export async function compareTables(client: pg.ClientBase, recorded: TableFacts[]): Promise<TableDifference[]> {
  const present = new Map((await storedTables(client)).map(({ table, columns }) => [table, columns]))
  const lacking = recorded.flatMap(({ table, columns }) => {
    const there = present.get(table)
    if (!there) return [{ table, difference: 'it is missing' }]
    const lost = columns.filter(column => !there.includes(column))
    return lost.length > 0 ? [{ table, difference: `it lacks ${lost.join(', ')}` }] : []
  })
  const comparable = recorded.filter(({ table }) => !lacking.some(one => one.table === table))
  const found = await tableFacts(client, comparable)
  const differing = comparable.flatMap(({ table, rows, checksum }, i) => {
    if (found[i]!.rows !== rows) return [{ table, difference: `it has ${found[i]!.rows} rows, and had ${rows}` }]
    return found[i]!.checksum === checksum ? [] : [{ table, difference: `its ${rows} rows say something else` }]
  })
  return [...lacking, ...differing]
}

export const quoteName = (name: string): string => `"${name.replaceAll('"', '""')}"`
export const quoteAll = (names: string[]): string => names.map(quoteName).join(', ')
/** No schema of the portal has a dot in its name. */
export const quoteTable = (table: string): string => {
  const dot = table.indexOf('.')
  return `${quoteName(table.slice(0, dot))}.${quoteName(table.slice(dot + 1))}`
}
