import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { personalTables } from '#platform/server'
import { testPortal } from '../../test/test-portal.ts'
import { features } from './features.ts'
import { personalDataFile, personalDataPage } from './personal-data.ts'

const { database } = await testPortal()
const tables = personalTables(features)

interface Column {
  table: string
  column: string
}

test('every column that could tell of a person is declared: as personal, or as not, with the reason', async () => {
  const { rows } = await database.pool.query<Column>(`
    select case when n.nspname = 'public' then c.relname else n.nspname || '.' || c.relname end as "table", a.attname as "column"
    from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid
    where c.relkind in ('r', 'p') and not c.relispartition and a.attnum > 0 and not a.attisdropped
      and n.nspname not in ('pg_catalog', 'information_schema')
      and format_type(a.atttypid, null) ~ '^(text|character|json|bytea|inet|citext|xml|hstore|name)|\\[\\]$'
    order by 1, 2`)
  expect(rows.length).toBeGreaterThan(80)
  const declared = new Set(
    tables.flatMap(({ table, personal, impersonal }) =>
      [...Object.keys(personal), ...Object.values(impersonal).flat()].map(column => `${table}.${column}`),
    ),
  )
  expect(rows.map(({ table, column }) => `${table}.${column}`).filter(name => !declared.has(name))).toEqual([])
})

test('what is declared is there', async () => {
  const { rows } = await database.pool.query<{ name: string }>(`
    select case table_schema when 'public' then '' else table_schema || '.' end || table_name || '.' || column_name as name
    from information_schema.columns`)
  const there = new Set(rows.map(({ name }) => name))
  const declared = tables.flatMap(({ table, key, personal, impersonal }) =>
    [...key, ...Object.keys(personal), ...Object.values(impersonal).flat()].map(column => `${table}.${column}`),
  )
  expect(declared.filter(name => !there.has(name))).toEqual([])
})

test('the page of personal data says what is declared: npm run personal-data writes it', () => {
  expect(readFileSync(personalDataFile, 'utf8')).toBe(personalDataPage())
})
