import { parseCsv } from 'hucre/csv'
import { expect, test } from 'vitest'
import { getProduct } from '#features/products/core'
import { addLeadNote, changeLead, contactConsent, getLead, listLeads, submitInquiry } from '#features/sales/core'
import type { Api } from '#platform/core'
import { requestConfirmed } from '../../../../test/confirming.ts'
import { eventually } from '../../../../test/eventually.ts'
import { publishDrillStand, standardDraft } from '../../../../test/small-product.ts'
import { testPortal } from '../../../../test/test-portal.ts'
import { checkAudit, type ExportedEntry, getAuditEntry, listAuditChecks, listAuditEntries } from '../core/index.ts'
import { checkExport } from './check-export.ts'

const { api, request, platform, portal, database } = await testPortal()
const admin = await api('admin')
const sales = await api('sales')
await publishDrillStand(platform)

/** A lead that sales has taken and noted something of. */
async function workOnLead(): Promise<string> {
  const visitor: Api = await api()
  const { modelVersionId } = await visitor.call(getProduct, { params: { slug: 'drill-stand' } })
  await visitor.call(submitInquiry, {
    body: {
      configuration: standardDraft(modelVersionId),
      contact: { name: '王磊', email: 'wang.lei@example.com' },
      consent: { version: contactConsent.version, accepted: true },
    },
  })
  await portal.settled()
  const { items } = await sales.call(listLeads, {})
  const leadId = items[0]!.id
  const { etag } = await sales.callWithEtag(getLead, { params: { leadId } })
  await sales.call(changeLead, { params: { leadId }, body: { status: 'contacted' }, ifMatch: etag })
  await sales.call(addLeadNote, { params: { leadId }, body: { text: '客户要求七月交货' } })
  return leadId
}
const leadId = await workOnLead()

test('what staff did stands in the log, newest first, with who, what, before and after', async () => {
  const { items } = await admin.call(listAuditEntries, { query: { targetId: leadId } })
  expect(items).toMatchObject([
    { action: 'lead.noted', actor: { kind: 'account', name: '李销售' }, target: { kind: 'lead', id: leadId }, outcome: 'done' },
    { action: 'lead.changed', changes: { before: { status: 'new' }, after: { status: 'contacted' } } },
  ])
  expect(items[0]!.personal).toMatchObject([{ name: '李销售', values: { address: expect.any(String) } }])
  expect(JSON.stringify(items)).not.toContain('七月')
})

test('reading the log is an entry itself, with the question', async () => {
  await admin.call(listAuditEntries, { query: { action: 'lead.noted', limit: 1 } })
  const { items } = await admin.call(listAuditEntries, { query: { action: 'audit.read', limit: 1 } })
  expect(items[0]).toMatchObject({
    actor: { name: '管理员' },
    changes: { facts: { filters: { action: 'lead.noted' }, entries: 1 } },
  })
  const one = await admin.call(getAuditEntry, { params: { position: items[0]!.position } })
  expect(one.id).toBe(items[0]!.id)
})

test('pages follow one another without a gap, though reading adds entries', async () => {
  const seen: number[] = []
  let cursor: string | undefined
  do {
    const page = await admin.call(listAuditEntries, { query: { limit: 2, cursor } })
    seen.push(...page.items.map(({ position }) => position))
    cursor = page.nextCursor ?? undefined
  } while (cursor)
  expect(seen).toEqual(Array.from({ length: seen.length }, (_, n) => seen.length - n))
})

test('days and outcomes narrow the list', async () => {
  const count = async (query: object) => (await admin.call(listAuditEntries, { query })).items.length
  const today = platform.now().toISOString().slice(0, 10)
  expect(await count({ from: today, to: today, action: 'lead.noted' })).toBe(1)
  expect(await count({ to: '2020-01-01' })).toBe(0)
  expect(await count({ outcome: 'refused', action: 'lead.noted' })).toBe(0)
  expect((await request('/api/v1/audit?from=yesterday', {}, 'admin')).status).toBe(422)
})

test('nobody but an administrator reads or checks the log', async () => {
  for (const path of ['/api/v1/audit', '/api/v1/audit/1', '/api/v1/audit/checks']) {
    expect((await request(path)).status).toBe(401)
    for (const who of ['sales', 'product', 'service', 'marketing', 'customer'] as const)
      expect((await request(path, {}, who)).status, `${path} as ${who}`).toBe(403)
  }
  expect((await request('/api/v1/audit/checks', { method: 'POST' }, 'sales')).status).toBe(403)
})
test('at night the log is checked by itself', async () => {
  const before = (await admin.call(listAuditChecks, {})).items.length
  await platform.jobs.enqueue('audit.check', null)
  await eventually(async () => (await admin.call(listAuditChecks, {})).items.length > before)
  expect((await admin.call(listAuditChecks, {})).items[0]).toMatchObject({ entries: expect.any(Number) })
})

test('a check notes where the log ends, and the next one finds what was cut off behind its back', async () => {
  const good = await admin.call(checkAudit, {})
  expect(good).toMatchObject({ broken: null, entries: good.head.position })
  await database.pool.query('alter table audit_entry disable trigger all')
  await database.pool.query('delete from audit_entry where position >= $1', [good.head.position])
  await database.pool.query(
    'update audit_head set (position, hash) = (select position, hash from audit_entry order by position desc limit 1)',
  )
  await database.pool.query('alter table audit_entry enable trigger all')
  const { broken } = await admin.call(checkAudit, {})
  expect(broken).toEqual({ position: good.head.position, reason: 'anchor' })
  const { items } = await admin.call(listAuditChecks, {})
  expect(items.slice(0, 2).map(check => check.broken?.reason ?? 'holds')).toEqual(['anchor', 'holds'])
})

async function exported(wish: { format: 'jsonl' | 'csv'; action?: string }): Promise<string> {
  const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(wish) }
  const answer = await requestConfirmed({ request }, '/api/v1/audit/export', init, 'admin')
  expect(answer.status).toBe(200)
  return answer.text()
}
async function* each(lines: readonly string[]) {
  yield* lines
}
const linesOf = (text: string) => text.trimEnd().split('\n')

test('an export has every entry in the order of the chain, without what is personal, and can be checked apart from the log', async () => {
  const text = await exported({ format: 'jsonl' })
  const lines = linesOf(text)
  const entries = lines.map(line => JSON.parse(line) as ExportedEntry)
  expect(entries.map(({ position }) => position)).toEqual(entries.map((_, n) => n + 1))
  expect(text).not.toContain('because the test wants it')
  const { position, hash } = entries.at(-1)!
  expect(await checkExport(platform, each(lines))).toEqual({
    entries: entries.length,
    left: 0,
    end: { position, hash },
    broken: null,
  })

  const some = linesOf(await exported({ format: 'jsonl', action: 'lead.noted' }))
  expect(some).toHaveLength(1)
  expect(await checkExport(platform, each(some))).toMatchObject({ entries: 1, broken: null })
  expect(await checkExport(platform, each([lines[0]!, lines[2]!]))).toMatchObject({ left: 1, broken: null })
})

test('an export that somebody has touched does not hold, and the line is named', async () => {
  const lines = linesOf(await exported({ format: 'jsonl' }))
  const touched = (n: number, line: string) => each(lines.with(n, line))
  const reworded = JSON.stringify({ ...JSON.parse(lines[1]!), action: 'lead.noted', actorId: null })
  expect((await checkExport(platform, touched(1, reworded))).broken).toEqual({ line: 2, reason: 'changed' })
  expect((await checkExport(platform, touched(1, 'not JSON'))).broken).toEqual({ line: 2, reason: 'unreadable' })
  expect((await checkExport(platform, each([lines[1]!, lines[0]!]))).broken).toEqual({ line: 2, reason: 'order' })
})

test('that the log was exported is an entry itself, with the question and the number; CSV has the same', async () => {
  const [titles, ...rows] = parseCsv(await exported({ format: 'csv', action: 'lead.changed' }))
  expect(titles!.slice(0, 2)).toEqual(['position', 'at'])
  expect(rows).toHaveLength(1)
  const { items } = await admin.call(listAuditEntries, { query: { action: 'audit.exported', limit: 1 } })
  expect(items[0]).toMatchObject({
    actor: { name: '管理员' },
    changes: { facts: { filters: { action: 'lead.changed' }, format: 'csv', entries: 1 } },
  })
})
