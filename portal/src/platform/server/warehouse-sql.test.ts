import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { migrationsFolder } from './migrate.ts'
import { hasSecondStatement, statementsFor, tableIn } from './warehouse-sql.ts'

const migration = `-- Readings of machines; they outlive everybody.
-- spread by: cityHash64(device)
create table if not exists {{reading}} (device UUID, value Int64)
engine = {{engine ReplacingMergeTree}} order by device settings {{durable}};

alter table {{reading}} add column if not exists unit String;
`

test('on one server a table is one table, and the embedded one keeps some space free', () => {
  const [create, alter] = statementsFor(migration, { kind: 'server' })
  expect(create).toBe(
    `create table if not exists reading (device UUID, value Int64)
engine = ReplacingMergeTree order by device settings fsync_after_insert = 1, fsync_part_directory = 1, non_replicated_deduplication_window = 10000`,
  )
  expect(alter).toBe('alter table reading add column if not exists unit String')
  expect(statementsFor(migration, { kind: 'embedded' })[0]).toMatch(/min_free_disk_bytes_to_perform_insert = 268435456$/)
})

test('in a cluster it is a replicated one on every server, and one that spreads rows over them', () => {
  const side = { kind: 'cluster', cluster: 'main' } as const
  const statements = statementsFor(migration, side)
  expect(statements).toHaveLength(4)
  expect(statements[0]).toMatch(
    /^create table if not exists reading_local on cluster 'main' \(device UUID, value Int64\)\nengine = ReplicatedReplacingMergeTree order by device settings .*\breplicated_deduplication_window = 10000/,
  )
  expect(statements[1]).toBe(
    `create table if not exists reading on cluster 'main' as reading_local engine = Distributed('main', currentDatabase(), 'reading_local', cityHash64(device))`,
  )
  expect(statements.slice(2)).toEqual([
    `alter table reading_local on cluster 'main' add column if not exists unit String`,
    `alter table reading on cluster 'main' add column if not exists unit String`,
  ])
  expect(tableIn('reading', side)).toBe(`reading_local on cluster 'main'`)
})

test('every migration of the portal can be run on every side, again where it was interrupted', () => {
  const folder = join(migrationsFolder, 'warehouse')
  const files = readdirSync(folder).filter(name => name.endsWith('.sql'))
  expect(files.length).toBeGreaterThan(0)
  for (const side of [{ kind: 'embedded' }, { kind: 'server' }, { kind: 'cluster', cluster: 'main' }] as const)
    for (const statement of files.flatMap(file => statementsFor(readFileSync(join(folder, file), 'utf8'), side))) {
      expect(statement).not.toMatch(/\{\{|\}\}/)
      expect(statement).toMatch(/\bif (not )?exists\b/)
    }
})

test.each([
  ['select 1', false],
  ['select 1;', false],
  ['select 1 ; -- that is all\n /* yes; */ ;', false],
  [`select ';', "a;b", \`c;d\`, 'it''s; \\'; ' as e`, false],
  ['select $$;$$, $tag$ ; $$ ; $tag$', false],
  ['select 1; drop table event', true],
  [`select 'a'; select 'b'`, true],
  [`select '\\\\'; select 1`, true],
  ['select 1 -- ;\n; select 2', true],
  ['select 1 /* ; */; # nothing\n select 2', true],
  [`select 'never closed; select 1`, false],
])('%s is more than one statement: %s', (sql, more) => {
  expect(hasSecondStatement(sql)).toBe(more)
})
