import { makeApiKey, type PermissionName, scopesFor, staffRoles } from '#features/accounts/core'
import { confirmingApi } from '../../test/confirming.ts'
import { testPortal } from '../../test/test-portal.ts'
import { twoCompanies } from '../../test/two-companies.ts'
import { everybody, type Someone, walkEndpoints } from '../../test/walk-endpoints.ts'

const world = await twoCompanies(await testPortal())
const owners = everybody(world)

/** The people of every-endpoint.test.ts by API keys: with every scope they can give, and with one. */
const keys: [name: string, owner: string, scopes?: PermissionName[]][] = [
  ['a key of a stranger', 'a stranger, administrator of another company'],
  ['a key of a member for configurations', 'a member of the company', ['configuration.read-own']],
  ['a key of an administrator of the company', 'an administrator of the company'],
  ['a key of admin', 'staff: admin'],
  ['a key of admin for products', 'staff: admin', ['product.read']],
]
const visitors: Record<string, Someone> = {}
for (const [name, owner, scopes] of keys) visitors[name] = await byKey(owners[owner]!, scopes)

// as if its owner had lost what he once gave it
const greedy = await byKey(owners['staff: product']!)
await world.database.pool.query('update api_key set scopes = $1 where id = $2', [
  scopesFor([...staffRoles, 'company-admin']),
  greedy.key.id,
])
visitors['a key of product with every scope there is'] = greedy

async function byKey(owner: Someone, scopes = scopesFor(owner.held)) {
  const { id, key: token } = await confirmingApi(world, owner.as!).call(makeApiKey, { body: { name: 'walks', scopes } })
  return { ...owner, key: { id, scopes, token } }
}

await walkEndpoints(world, visitors)
