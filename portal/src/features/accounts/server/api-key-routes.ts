import { type RequestContext, route } from '#platform/server'
import * as api from '../core/index.ts'
import { type AccountView, mayActOn } from '../core/index.ts'
import { describeNewKey, listApiKeys, makeApiKey, revokeApiKey } from './api-keys.ts'

import { outOfReach } from './failures.ts'
import { findSubordinate } from './find-subordinate.ts'
import { signedIn } from './security-routes.ts'

export const apiKeyRoutes = [
  route(api.listMyApiKeys, async (_, context) => ({ items: await listApiKeys(context.platform, signedIn(context)) })),
  route(
    api.makeApiKey,
    ({ body }, context) => makeApiKey(context.platform, signedIn(context), body),
    async ({ body }, context) => describeNewKey(signedIn(context), body),
  ),
  route(api.revokeMyApiKey, async ({ params }, context) => {
    const owner = signedIn(context)
    await revokeApiKey(context.platform, owner, owner.id, params.keyId)
    return undefined
  }),
  route(api.listApiKeysOf, async ({ params }, context) => {
    const owner = await keyOwnerFor(context, params.accountId)
    const items = await listApiKeys(context.platform, owner)
    // where a colleague calls from is no business of his company's administrators
    return { items: signedIn(context).kind === 'staff' ? items : items.map(key => ({ ...key, usedFrom: null })) }
  }),
  route(api.revokeApiKeyOf, async ({ params }, context) => {
    const owner = await keyOwnerFor(context, params.accountId)
    await revokeApiKey(context.platform, signedIn(context), owner.id, params.keyId)
    return undefined
  }),
]

/** Somebody of strictly lower rank, whose keys one may see and end; 404 for strangers. */
async function keyOwnerFor({ platform, account: actor }: RequestContext, accountId: string): Promise<AccountView> {
  const owner = await findSubordinate(platform, actor!, accountId)
  if (mayActOn(actor!.roles, owner.roles) !== 'freely') throw outOfReach()
  return owner
}
