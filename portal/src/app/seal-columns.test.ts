import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { expect, test } from 'vitest'
import { findCompanyByContact } from '#features/accounts/server'
import { getLead, listLeads } from '#features/sales/core'
import { cloneDatabase } from '../../test/test-database.ts'
import { testPortal } from '../../test/test-portal.ts'
import { migrate, migrationsFolder } from '../platform/server/migrate.ts'

const id = (n: number) => `01900000-0000-7000-8000-00000000000${n}`

/** A database as the version before left it: everything in plain words. */
async function oldDatabase() {
  const database = await cloneDatabase({ empty: true })
  const folder = mkdtempSync(join(tmpdir(), 'fettle-migrations-'))
  for (const file of readdirSync(migrationsFolder))
    if (file.endsWith('.sql') && file < '0017') cpSync(join(migrationsFolder, file), join(folder, file))
  await migrate(database.url, { folder })
  rmSync(folder, { recursive: true })
  const client = new pg.Client({ connectionString: database.url })
  await client.connect()
  await client.query(`
    insert into person (id, kind, name, email, email_verified, phone, created_at, updated_at)
      values ('${id(1)}', 'customer', 'Wang', 'wang@plain.example', true, '+8613800138000', now(), now());
    insert into product (id, slug, status, created_at, updated_at) values ('${id(2)}', 'thing', 'published', now(), now());
    insert into model_version (id, product_id, version, model, source_format, notes, created_at)
      values ('${id(3)}', '${id(2)}', '1', '{"name":{"zh-CN":"物","en":"Thing"}}', 'fettle', '[]', now());
    insert into configuration (id, token, product_id, model_version_id, decisions, selection, currency, created_at)
      values ('${id(4)}', 'token', '${id(2)}', '${id(3)}', '[]', '[]', 'CNY', now());
    insert into contact (id, name, email, phone, company_name, language, created_at)
      values ('${id(5)}', 'Li', 'Li@Plain.example', '+498912345', 'Plain Ltd', 'en', now());
    insert into inquiry (id, token, configuration_id, contact_id, message, unlisted, consent_version, consent_at, source, created_at)
      values ('${id(6)}', 'inquiry-token', '${id(4)}', '${id(5)}', 'plain words', '', '1', now(), '{}', now());
    insert into lead (id, inquiry_id, status, currency, created_at, updated_at, product_id, search)
      values ('${id(7)}', '${id(6)}', 'new', 'CNY', now(), now(), '${id(2)}', e'li\\nplain ltd\\nli@plain.example\\n+498912345');
    insert into lead_entry (id, lead_id, kind, data, at) values ('${id(8)}', '${id(7)}', 'note', '{"text":"a plain note"}', now());
    insert into caught_mail (id, message_id, sender, recipient, subject, text, attachments, at)
      values ('${id(9)}', '<1@x>', 'a@b.example', 'li@plain.example', 'plain subject', 'plain text', '[]', now());
    insert into job_set_aside (job_id, at, by, reason) values ('${id(9)}', now(), '${id(1)}', 'plain reason')`)
  await client.end()
  return database
}

const old = await oldDatabase()
const { platform, api, database, mails } = await testPortal({ config: { databaseUrl: old.url } })

test('what an older version left in plain words is sealed at the start, found by hash, and read as before', async () => {
  const sales = await api('sales')
  for (const search of ['LI@plain.example', '+49 8912345', 'plain ltd'])
    expect((await sales.call(listLeads, { query: { search } })).total).toBe(1)
  expect((await sales.call(listLeads, { query: { search: 'plain.example' } })).total).toBe(0)
  const lead = await sales.call(getLead, { params: { leadId: id(7) } })
  expect(lead).toMatchObject({ message: 'plain words', contact: { email: 'Li@Plain.example', phone: '+498912345' } })
  expect(lead.entries).toMatchObject([{ data: { text: 'a plain note' } }])
  expect((await mails()).find(({ to }) => to === 'li@plain.example')).toMatchObject({ subject: 'plain subject' })

  expect(await findCompanyByContact(platform, { email: 'nobody@plain.example' })).toBeNull()
  const { rows } = await database.pool.query<{ text: string }>(`
    select concat_ws(' ', p.email, p.phone, k.email, k.phone, i.message, e.data, m.content, l.search, j.reason) as text
    from person p, contact k, inquiry i, lead l, lead_entry e, caught_mail m, job_set_aside j
    where p.id = '${id(1)}' and k.id = '${id(5)}' and m.id = '${id(9)}'`)
  expect(rows[0]!.text).not.toMatch(/plain\.example|138001|8912345|plain (words|note|text|subject|reason)/i)
})
