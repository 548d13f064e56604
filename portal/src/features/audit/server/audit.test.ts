import { expect, test } from 'vitest'
import { getProduct } from '#features/products/core'
import { addLeadNote, changeLead, contactConsent, getLead, listLeads, submitInquiry } from '#features/sales/core'
import type { Api } from '#platform/core'
import { publishDrillStand, standardDraft } from '../../../../test/small-product.ts'
import { testPortal } from '../../../../test/test-portal.ts'
import { checkAudit, getAuditEntry, listAuditChecks, listAuditEntries } from '../core/index.ts'

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
  expect(items.map(check => check.broken?.reason ?? 'holds')).toEqual(['anchor', 'holds'])
})
