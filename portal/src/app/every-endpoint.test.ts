import { expect, test } from 'vitest'
import { roles } from '#features/accounts/core'
import { endpointCalls } from '../../test/endpoint-calls.ts'
import { testPortal } from '../../test/test-portal.ts'
import { twoCompanies } from '../../test/two-companies.ts'
import { everybody, readOperations, walkEndpoints } from '../../test/walk-endpoints.ts'

const world = await twoCompanies(await testPortal())
const visitors = everybody(world)

test('every operation of the OpenAPI document stands in endpoint-calls.ts, and nothing else does', async () => {
  const operations = await readOperations(world)
  const missing = operations.filter(id => !(id in endpointCalls))
  const help = `Say in portal/test/endpoint-calls/FEATURE.ts how each is called, in one line:
  'feature.verbNoun': { call: ({ own }) => ({ params: { thingId: own.thingId } }), rows: 'company' },
Without rows, whoever has the permission reaches it; with rows: 'company', people of another company get 404.`
  expect(missing, help).toEqual([])
  expect(Object.keys(endpointCalls).filter(id => !operations.includes(id))).toEqual([])
})

test('the walk comes as every role there is', () => {
  expect(new Set(Object.values(visitors).flatMap(({ held }) => held))).toEqual(new Set(Object.keys(roles)))
})

await walkEndpoints(world, visitors)
