import { expect, test } from 'vitest'
import { fillWithLeads } from '../../../../test/many-leads.ts'
import { testPortal } from '../../../../test/test-portal.ts'
import { getLead, listLeads } from '../core/index.ts'

const testing = await testPortal()
const { api } = testing
const sales = await api('sales')
const many = 50_000
const address = 'someone@firm4711.example'
/** ms; on a machine with nothing else to do it is a tenth */
const tolerable = 200

await fillWithLeads(testing, many, address)

/** The fastest of three in ms: what the query costs, not what else the machine does. */
async function cost(call: () => Promise<unknown>): Promise<number> {
  const times: number[] = []
  for (let run = 0; run < 3; run++) {
    const started = performance.now()
    await call()
    times.push(performance.now() - started)
  }
  return Math.min(...times)
}

const queries: [string, object][] = [
  ['in its usual order', {}],
  ['by amount', { sort: '-net' }],
  ['by the last change, oldest first', { sort: 'updatedAt' }],
  ['of two statuses', { status: ['new', 'offered'] }],
  ['unassigned', { assignee: 'none', sort: 'net' }],
  ['mine, of which there are none', { assignee: 'me' }],
  ['of a product', { product: 'drill-stand' }],
  ['searched by two Chinese characters', { search: '王磊' }],
  ['searched by company', { search: '公司4711' }],
  ['searched by an address', { search: address.toUpperCase(), sort: 'net' }],
  ['searched for what nobody is called', { search: 'nobody at all' }],
  ['searched by phone', { search: '138 0013 8000' }],
  ['searched by number', { search: '#40000' }],
]

test.each(queries)(`of ${many} leads a page %s comes quickly, and so does the next`, async (_, query) => {
  const call = () => sales.call(listLeads, { query })
  const { nextCursor, total } = await call()
  expect(total).toBeLessThanOrEqual(many + 1)
  const first = await cost(call)
  const next = nextCursor ? await cost(() => sales.call(listLeads, { query: { ...query, cursor: nextCursor } })) : 0
  expect(Math.max(first, next)).toBeLessThan(tolerable)
})

test('a lead among many shows those like it quickly', async () => {
  const { items } = await sales.call(listLeads, { query: { search: '公司4711' } })
  const call = () => sales.call(getLead, { params: { leadId: items[0]!.id } })
  expect((await call()).related).toHaveLength(items.length - 1)
  expect(await cost(call)).toBeLessThan(tolerable)
})
