/** On which side of the wire tables are made. */
export type WarehouseSide = { kind: 'embedded' } | { kind: 'server' } | { kind: 'cluster'; cluster: string }

/**
 * The statements of a migration for one side. What differs between the sides is written as
 *
 * - `{{event}}`: the table event, in statements that make, change or empty it
 * - `{{local event}}`: the same, where a view reads from it or writes to it
 * - `{{engine MergeTree}}`: an engine of that family
 * - `{{durable}}`: settings by which an insert is on the disk, and counted once, before it is answered
 * - `-- spread by: position`, a line before the statement that makes a table: by what a cluster spreads its rows over its shards
 *
 * In a cluster each such table is two: `event_local` on every server, and `event`, which reads and writes all of them.
 */
export function statementsFor(sql: string, side: WarehouseSide): string[] {
  return sql
    .split(/;[ \t]*$/m)
    .filter(text => withoutComments(text) !== '')
    .flatMap(text => expand(text, side))
}

function expand(text: string, side: WarehouseSide): string[] {
  const spread = /^-- spread by: (.+)$/m.exec(text)?.[1]
  const statement = withoutComments(text)
  const table = /\{\{(\w+)\}\}/.exec(statement)?.[1]
  const filled = statement
    .replace(/\{\{engine (\w+)\}\}/g, (_, family: string) => (side.kind === 'cluster' ? `Replicated${family}` : family))
    .replace('{{durable}}', () => durable(side))
    .replace(/\{\{local (\w+)\}\}/g, (_, name: string) => (side.kind === 'cluster' ? `${name}_local` : name))
    .replace(/\{\{(\w+)\}\}/g, (_, name: string) => tableIn(name, side))
  if (side.kind !== 'cluster' || table === undefined) return [filled]
  if (/^create table/i.test(statement)) {
    if (!spread) throw new Error(`The table ${table} does not say by what it is spread over a cluster`)
    return [filled, acrossShards(table, spread, side.cluster)]
  }
  // what is changed in the local tables must be changed in the one that reads them all
  if (/^alter table/i.test(statement)) return [filled, statement.replace(`{{${table}}}`, `${table} ${onCluster(side.cluster)}`)]
  return [filled]
}

const withoutComments = (text: string) =>
  text
    .split('\n')
    .filter(line => !line.trimStart().startsWith('--'))
    .join('\n')
    .trim()

/** The table that holds rows of its own, as the statements that make, change or empty it name it. */
export const tableIn = (name: string, side: WarehouseSide): string =>
  side.kind === 'cluster' ? `${name}_local ${onCluster(side.cluster)}` : name

const onCluster = (cluster: string) => `on cluster '${cluster}'`

const acrossShards = (table: string, spread: string, cluster: string) =>
  `create table if not exists ${table} ${onCluster(cluster)} as ${table}_local engine = Distributed('${cluster}', currentDatabase(), '${table}_local', ${spread})`

/**
 * The files of an insert are synced before it is answered. A table remembers the last inserts by their batch ids, in its folder or, in a
 * cluster, in its keeper. The embedded server refuses inserts before its disk is full.
 */
function durable({ kind }: WarehouseSide): string {
  const synced = 'fsync_after_insert = 1, fsync_part_directory = 1'
  if (kind === 'cluster')
    return `${synced}, replicated_deduplication_window = ${remembered}, replicated_deduplication_window_seconds = 604800`
  const alone = `${synced}, non_replicated_deduplication_window = ${remembered}`
  return kind === 'embedded' ? `${alone}, min_free_disk_bytes_to_perform_insert = ${256 * 2 ** 20}` : alone
}

const remembered = 10_000

/**
 * Whether there is more than one statement in it. A ClickHouse server refuses that, and so does the embedded one: what was composed by
 * mistake must not become a second statement.
 */
export function hasSecondStatement(sql: string): boolean {
  let ended = false
  for (let at = 0; at < sql.length; ) {
    const comment = comments.find(([begin]) => sql.startsWith(begin, at))
    if (comment) at = after(sql, comment[1], at + 2)
    else if (sql[at] === ';') {
      ended = true
      at++
    } else if (/\s/.test(sql[at]!)) at++
    else if (ended) return true
    else at = endOfToken(sql, at)
  }
  return false
}

const comments: [begin: string, end: string][] = [
  ['--', '\n'],
  ['#!', '\n'],
  ['# ', '\n'],
  ['/*', '*/'],
]

/** Behind the text in quotes or between $tags$ that begins here, or the one character. */
function endOfToken(sql: string, begin: number): number {
  const quote = sql[begin]!
  if (quote === '$') {
    const tag = /^\$\w*\$/.exec(sql.slice(begin, begin + 100))?.[0]
    return tag === undefined ? begin + 1 : after(sql, tag, begin + tag.length)
  }
  if (!`'"\``.includes(quote)) return begin + 1
  for (let at = begin + 1; at < sql.length; at++) {
    if (sql[at] === '\\') at++
    else if (sql[at] === quote) return at + 1
  }
  return sql.length
}

function after(sql: string, end: string, from: number): number {
  const at = sql.indexOf(end, from)
  return at < 0 ? sql.length : at + end.length
}

/** Whether a statement changes neither rows nor tables, by its first word. */
export const onlyReads = (sql: string): boolean => /^\s*(select|with|show|describe|explain|exists)\b/i.test(sql)
