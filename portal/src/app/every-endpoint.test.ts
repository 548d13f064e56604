import { describe, expect, test } from 'vitest'
import { makeApiKey, type PermissionName, roles, rolesWith, scopesFor, staffRoles } from '#features/accounts/core'
import { type AnyEndpoint, openToKeys } from '#platform/core'
import { confirmingApi } from '../../test/confirming.ts'
import type { Call, Input } from '../../test/endpoint-calls/call.ts'
import { endpointCalls } from '../../test/endpoint-calls.ts'
import { type Caller, performCall } from '../../test/perform-call.ts'
import { testPortal } from '../../test/test-portal.ts'
import { type Company, twoCompanies } from '../../test/two-companies.ts'
import { features } from './features.ts'

/*
 * Walks every operation of the OpenAPI document as everybody there is and holds the answers against the table of rights.
 * How an operation is called, and whose the row is that it is called for, stands in endpoint-calls, in the file of its feature.
 */

const world = await twoCompanies(await testPortal())
const { own, other } = world

interface Someone extends Caller {
  /** whose people he is one of */
  of?: Company
}

type Operation = Pick<AnyEndpoint, 'method' | 'path' | 'access' | 'status' | 'result' | 'confirm' | 'keys'>

/** Everybody who may come, with the roles he holds. */
const visitors: Record<string, Someone> = {
  nobody: { held: [] },
  'a stranger, administrator of another company': { as: other.admin.visitor, held: ['company-admin'], of: other },
  'a stranger, member of another company': { as: other.member.visitor, held: ['company-member'], of: other },
  'a member of the company': { as: own.member.visitor, held: ['company-member'], of: own },
  'an administrator of the company': { as: own.admin.visitor, held: ['company-admin'], of: own },
  ...Object.fromEntries(staffRoles.map(role => [`staff: ${role}`, { as: role, held: [role] }])),
}

/** The same people by API keys: with every scope they can give, and with one. */
const keys: [name: string, owner: string, scopes?: PermissionName[]][] = [
  ['a key of a stranger', 'a stranger, administrator of another company'],
  ['a key of a member for configurations', 'a member of the company', ['configuration.read-own']],
  ['a key of an administrator of the company', 'an administrator of the company'],
  ['a key of admin', 'staff: admin'],
  ['a key of admin for products', 'staff: admin', ['product.read']],
]
for (const [name, owner, scopes] of keys) visitors[name] = await byKey(visitors[owner]!, scopes)

// as if its owner had lost what he once gave it
const greedy = await byKey(visitors['staff: product']!)
await world.database.pool.query('update api_key set scopes = $1 where id = $2', [
  scopesFor([...staffRoles, 'company-admin']),
  greedy.key.id,
])
visitors['a key of product with every scope there is'] = greedy

async function byKey(owner: Someone, scopes = scopesFor(owner.held)) {
  const { id, key: token } = await confirmingApi(world, owner.as!).call(makeApiKey, { body: { name: 'walks', scopes } })
  return { ...owner, key: { id, scopes, token } }
}

const endpoints = new Map(features.flatMap(feature => feature.routes ?? []).map(({ endpoint }) => [endpoint.id, endpoint]))
const document = (await (await world.request('/api/openapi.json')).json()) as {
  paths: Record<string, Record<string, { operationId: string }>>
}
const operations = Object.values(document.paths).flatMap(methods => Object.values(methods).map(({ operationId }) => operationId))

test('every operation of the OpenAPI document stands in endpoint-calls.ts, and nothing else does', () => {
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

// whatever ends other sessions comes last: those of the other calls may be among them
const walk = operations.filter(id => id in endpointCalls).toSorted((a, b) => Number(endsOthers(a)) - Number(endsOthers(b)))

function endsOthers(id: string): boolean {
  return endpointCalls[id]!.endsSession === 'others'
}

describe.each(walk)('%s', id => {
  const entry = endpointCalls[id]!
  const operation = endpoints.get(id) ?? entry.operation!
  let unused: Input | undefined

  for (const [name, visitor] of Object.entries(visitors)) {
    const expected = expectation(entry, operation, visitor)
    test(`answers ${name} with ${expected}`, async () => {
      const refused = [401, 403].includes(expected) && expected !== entry.answers
      const answer = await performCall({ ...world, own }, entry, operation, visitor, refused ? unused : undefined)
      if (refused) unused = answer.left
      expect(`${answer.status} ${answer.status === expected ? '' : answer.text}`).toBe(`${expected} `)
      if (entry.shows && expected === 200) expect(entry.shows(answer.body, own)).toBe(visitor.of !== other)
    })
  }

  // what a stranger is not shown must be there: he reaches his own in the same way
  if (!entry.rows && !entry.shows) return
  test('gives strangers what is their own', async () => {
    const administrator = visitors['a stranger, administrator of another company']!
    const answer = await performCall({ ...world, own: other }, entry, operation, administrator)
    expect(answer.status, answer.text).toBe(expectation(entry, operation, { ...administrator, of: own }))
    if (entry.shows && answer.status === 200) expect(entry.shows(answer.body, other)).toBe(true)
  })
})

function expectation({ rows, answers }: Call, operation: Operation, { held, of, key }: Someone): number {
  const { access } = operation
  const success = answers ?? operation.status ?? (operation.result ? 200 : 204)
  if (key && !openToKeys(operation)) return 403
  if (access === 'public') return success
  if (held.length === 0) return 401
  if (access !== 'signed-in') {
    const demands = Object.entries(access) as ['staff' | 'customer', string][]
    const granted = demands.some(
      ([side, permission]) =>
        held.some(role => roles[role].side === side && rolesWith(permission).includes(role)) &&
        (!key || (key.scopes as readonly string[]).includes(permission)),
    )
    if (!granted) return 403
  }
  return rows === 'company' && of === other ? 404 : success
}
