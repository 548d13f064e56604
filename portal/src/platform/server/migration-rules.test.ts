import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { migrationsFolder } from './migrate.ts'
import { refuseMigration } from './migration-rules.ts'

/** Until here no two versions ran side by side: nothing was released before what is personal lay sealed. */
const before = '0021'
const files = readdirSync(migrationsFolder)
  .filter(file => file.endsWith('.sql'))
  .filter(file => file >= before)
  .sort()

test.each(files)('the version before works on beside %s', file => {
  expect(refuseMigration(readFileSync(join(migrationsFolder, file), 'utf8'))).toEqual([])
})

test.each<[sql: string, reason: RegExp]>([
  ['drop table sign_in_throttle', /takes away a table, unless/],
  ['alter table product drop column page', /takes away a column/],
  ['alter table product\n  add column a int,\n  drop page', /takes away a column/],
  ['alter table product rename column page to content', /renames/],
  ['alter table product rename to thing', /renames/],
  ['alter table product alter column position type bigint', /changes a type/],
  ['alter table product alter page set not null', /refuses rows/],
  ['alter table product add column page_two json not null', /must have a value/],
  ['alter table product add page_two json not null', /must have a value/],
  ['alter table product add constraint positive check (position > 0)', /adds a constraint/],
  ['alter table lead add column n bigserial', /rewrites or scans/],
  ['alter table lead add column key uuid default gen_random_uuid()', /another default/],
  ["update lead set status = 'new'", /in a job/],
  ['lock table product', /locks/],
  ['create index lead_by_x on lead (x)', /concurrently/],
  ['create index concurrently lead_by_x on lead (x)', /not possible without/],
  ['-- outside of a transaction\ncreate index concurrently lead_by_x on lead (x)', /dropped if it exists/],
])('refuses: %s', (sql, reason) => {
  expect(refuseMigration(sql).join('\n')).toMatch(reason)
})

test.each([
  "alter table product add column note text not null default ''",
  'alter table product add column note text, add column more int not null default 0',
  'alter table lead add column team_id uuid references company on delete set null',
  'create table team (id uuid primary key, name text); create index team_name on team (name); alter table team add constraint named check (name is not null)',
  'create index product_x on product (slug)',
  '-- survived since: 0010-refused-mail\nalter table product drop column page',
  '-- outside of a transaction\ndrop index concurrently if exists lead_by_x;\ncreate index concurrently lead_by_x on lead (x);',
  "insert into product (slug) values ('drop table lead; update lead')",
  'alter table product alter column position drop not null',
  'alter table product alter column position drop default',
])('lets pass: %s', sql => {
  expect(refuseMigration(sql)).toEqual([])
})
