import { describe, expect, test } from 'vitest'
import { roles, rolesWith, staffRoles } from '#features/accounts/core'
import { type AnyEndpoint, openToKeys } from '#platform/core'
import { features } from '../src/app/features.ts'
import type { Call, Input } from './endpoint-calls/call.ts'
import { endpointCalls } from './endpoint-calls.ts'
import { type Caller, performCall } from './perform-call.ts'
import type { Company, World } from './two-companies.ts'

export interface Someone extends Caller {
  /** whose people he is one of */
  of?: Company
}

type Operation = Pick<AnyEndpoint, 'method' | 'path' | 'access' | 'status' | 'result' | 'confirm' | 'keys'>

/** Everybody who may come, with the roles he holds. */
export function everybody({ own, other }: World): Record<string, Someone> {
  return {
    nobody: { held: [] },
    'a stranger, administrator of another company': { as: other.admin.visitor, held: ['company-admin'], of: other },
    'a stranger, member of another company': { as: other.member.visitor, held: ['company-member'], of: other },
    'a member of the company': { as: own.member.visitor, held: ['company-member'], of: own },
    'an administrator of the company': { as: own.admin.visitor, held: ['company-admin'], of: own },
    ...Object.fromEntries(staffRoles.map(role => [`staff: ${role}`, { as: role, held: [role] }])),
  }
}

/** The operations that the portal's OpenAPI document names. */
export async function readOperations({ request }: World): Promise<string[]> {
  const document = (await (await request('/api/openapi.json')).json()) as {
    paths: Record<string, Record<string, { operationId: string }>>
  }
  return Object.values(document.paths).flatMap(methods => Object.values(methods).map(({ operationId }) => operationId))
}

/**
 * Walks every operation of the OpenAPI document as each of the visitors and holds the answers against the table of rights.
 * How an operation is called, and whose the row is that it is called for, stands in endpoint-calls, in the file of its feature.
 */
export async function walkEndpoints(world: World, visitors: Record<string, Someone>): Promise<void> {
  const { own, other } = world
  const endpoints = new Map(features.flatMap(feature => feature.routes ?? []).map(({ endpoint }) => [endpoint.id, endpoint]))
  const operations = (await readOperations(world)).filter(id => id in endpointCalls)

  // whatever ends other sessions comes last: those of the other calls may be among them
  describe.each(operations.toSorted((a, b) => Number(endsOthers(a)) - Number(endsOthers(b))))('%s', id => {
    const entry = endpointCalls[id]!
    const operation = endpoints.get(id) ?? entry.operation!
    let unused: Input | undefined

    for (const [name, visitor] of Object.entries(visitors)) {
      const expected = expectation(entry, operation, visitor, own)
      test(`answers ${name} with ${expected}`, async () => {
        const refused = [401, 403].includes(expected) && expected !== entry.answers
        const answer = await performCall(world, entry, operation, visitor, refused ? unused : undefined)
        if (refused) unused = answer.left
        expect(`${answer.status} ${answer.status === expected ? '' : answer.text}`).toBe(`${expected} `)
        if (entry.shows && expected === 200) expect(entry.shows(answer.body, own)).toBe(visitor.of !== other)
      })
    }

    // what a stranger is not shown must be there: he reaches his own in the same way
    const stranger = visitors['a stranger, administrator of another company']
    if (!stranger || !(entry.rows || entry.shows)) return
    test('gives strangers what is their own', async () => {
      const answer = await performCall({ ...world, own: other }, entry, operation, stranger)
      expect(answer.status, answer.text).toBe(expectation(entry, operation, stranger, other))
      if (entry.shows && answer.status === 200) expect(entry.shows(answer.body, other)).toBe(true)
    })
  })
}

function endsOthers(id: string): boolean {
  return endpointCalls[id]!.endsSession === 'others'
}

/** What somebody is answered who asks for a row of the company `own`. */
function expectation({ rows, answers }: Call, operation: Operation, { held, of, key }: Someone, own: Company): number {
  const { access } = operation
  const success = answers ?? operation.status ?? (operation.result ? 200 : 204)
  if (key && !openToKeys(operation)) return 403
  if (access === 'public') return success
  if (held.length === 0) return 401
  if (!key && operation.keys === 'only') return 403
  if (access !== 'signed-in') {
    const demands = Object.entries(access) as ['staff' | 'customer', string][]
    const granted = demands.some(
      ([side, permission]) =>
        held.some(role => roles[role].side === side && rolesWith(permission).includes(role)) &&
        (!key || (key.scopes as readonly string[]).includes(permission)),
    )
    if (!granted) return 403
  }
  return rows === 'company' && of && of !== own ? 404 : success
}
