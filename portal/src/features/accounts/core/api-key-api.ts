import { z } from 'zod'
import { endpoint } from '#platform/core'
import { keyDays } from './api-key.ts'
import { type PermissionName, permissionTable } from './roles.ts'

const permission = z.enum(Object.keys(permissionTable) as [PermissionName, ...PermissionName[]])

const apiKey = z.object({
  id: z.string(),
  name: z.string(),
  /** how it begins, by which it is recognised: fettle_Xy12ab34 */
  prefix: z.string(),
  /** permissions that work now */
  scopes: z.array(z.string()),
  /** permissions that were put into it and that its owner has lost: the key has lost them too */
  lost: z.array(z.string()),
  createdAt: z.string(),
  expiresAt: z.string(),
  expired: z.boolean(),
  /** to the minute; null: never */
  usedAt: z.string().nullable(),
  /** remote address of the last use; null: never, or none of the reader's business */
  usedFrom: z.string().nullable(),
})
export type ApiKeyView = z.output<typeof apiKey>

const newApiKey = apiKey.extend({
  /** the key itself: shown now, and never again */
  key: z.string(),
})
export type NewApiKey = z.output<typeof newApiKey>

const list = z.object({ items: z.array(apiKey) })

export const listMyApiKeys = endpoint({
  id: 'accounts.listMyApiKeys',
  method: 'GET',
  path: '/me/api-keys',
  summary: 'The own API keys, newest first; an expired one for another month',
  access: 'signed-in',
  result: list,
})

export const makeApiKey = endpoint({
  id: 'accounts.makeApiKey',
  method: 'POST',
  path: '/me/api-keys',
  // the answer holds the key, which is kept nowhere
  idempotency: 'ignored',
  summary: 'Make an API key with some of the own permissions; the key is in this answer only',
  access: 'signed-in',
  confirm: true,
  audit: 'api-key.made',
  body: z.object({
    name: z.string().trim().min(1).max(60),
    scopes: z.array(permission).min(1).max(50),
    days: z.number().int().min(keyDays.min).max(keyDays.max).default(keyDays.preset),
  }),
  status: 201,
  result: newApiKey,
  problems: ['too-many-keys'],
})

export const revokeMyApiKey = endpoint({
  id: 'accounts.revokeMyApiKey',
  method: 'DELETE',
  path: '/me/api-keys/{keyId}',
  summary: 'End an own API key at once, with the streams it has open',
  access: 'signed-in',
  audit: 'api-key.revoked',
  params: z.object({ keyId: z.uuid() }),
})

/** Of people of lower rank: of staff for administrators, of customers for whoever looks after their company. */
const access = { staff: 'company.manage', customer: 'company.manage-own' } as const

export const listApiKeysOf = endpoint({
  id: 'accounts.listApiKeysOf',
  method: 'GET',
  path: '/people/{accountId}/api-keys',
  summary: 'The API keys of somebody of lower rank',
  access,
  keys: 'refused',
  params: z.object({ accountId: z.uuid() }),
  result: list,
  problems: ['out-of-reach'],
})

export const revokeApiKeyOf = endpoint({
  id: 'accounts.revokeApiKeyOf',
  method: 'DELETE',
  path: '/people/{accountId}/api-keys/{keyId}',
  summary: 'End an API key of somebody of lower rank at once; he is told by mail',
  access,
  keys: 'refused',
  audit: 'api-key.revoked',
  params: z.object({ accountId: z.uuid(), keyId: z.uuid() }),
  problems: ['out-of-reach'],
})
