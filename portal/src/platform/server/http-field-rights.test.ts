import { expect, test } from 'vitest'
import { z } from 'zod'
import { accounts } from '#features/accounts/server'
import { endpoint } from '#platform/core'
import { testPortal } from '../../../test/test-portal.ts'
import { route, type ServerFeature } from './feature.ts'
import { fieldRights, withhold } from './http-field-rights.ts'

const cost = z.number().nullable().meta({ right: 'cost.read' })
const part = z.object({ name: z.string(), cost, margin: z.number().optional().meta({ right: 'cost.read' }) })
const listParts = endpoint({
  id: 'workshop.listParts',
  method: 'GET',
  path: '/parts',
  summary: 'Parts with what they cost, for who may know',
  access: 'signed-in',
  result: z.object({ items: z.array(part), best: part.nullable(), byName: z.record(z.string(), part) }),
})
const vice = { name: 'vice', cost: 120, margin: 30 }
const workshop: ServerFeature = {
  name: 'workshop',
  permissions: { 'cost.read': ['product'] },
  routes: [route(listParts, async () => ({ items: [vice], best: vice, byName: { vice } }))],
}
const { request } = await testPortal({ features: [accounts, workshop] })
const read = async (as: 'product' | 'admin' | 'sales' | 'customer') => (await request('/api/v1/parts', {}, as)).json()

test('who has the right sees cost and margin, everybody else the rest', async () => {
  const all = { items: [vice], best: vice, byName: { vice } }
  expect(await read('product')).toEqual(all)
  expect(await read('admin')).toEqual(all)
  const without = { name: 'vice', cost: null }
  const rest = { items: [without], best: without, byName: { vice: without } }
  expect(await read('sales')).toEqual(rest)
  expect(await read('customer')).toEqual(rest)
})

test('the OpenAPI document names the right beside the field', async () => {
  const text = await (await request('/api/openapi.json')).text()
  expect(text).toContain('"x-right":"cost.read"')
  expect(text).not.toContain('"right":')
})

test('of a union, whichever branch knows the field hides it', () => {
  const either = z.union([z.object({ kind: z.literal('a'), cost }), z.object({ kind: z.literal('b') })])
  expect(withhold(either, { kind: 'a', cost: 5 }, () => false)).toEqual({ kind: 'a', cost: null })
  expect(withhold(either, { kind: 'a', cost: 5 }, () => true)).toEqual({ kind: 'a', cost: 5 })
})

test('a right on a field that must be there stops the start with its name', () => {
  const wrong = z.object({ parts: z.array(z.object({ cost: z.number().meta({ right: 'cost.read' }) })) })
  expect(() => fieldRights(wrong)).toThrow('/parts/cost')
})
