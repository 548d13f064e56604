import { type Account, type ConfirmedAct, endStreams, invalid, notFound, type Platform } from '#platform/server'
import {
  type AccountView,
  type ApiKeyView,
  mostKeys,
  type NewApiKey,
  type PermissionName,
  permissionsOfKey,
  permissionTable,
  scopesFor,
} from '../core/index.ts'
import { newKeyToken } from './api-key-token.ts'
import { tooManyKeys } from './failures.ts'
import { mailApiKey } from './mails.ts'
import type { AccountTables } from './tables.ts'

interface Wish {
  name: string
  scopes: PermissionName[]
  days: number
}

const dayMs = 24 * 60 * 60_000

/** What making a key needs confirmed. Refuses scopes its owner does not hold before he is asked to prove himself. */
export function describeNewKey(owner: Account, { name, scopes, days }: Wish): ConfirmedAct {
  demandHeld(owner, scopes)
  return {
    target: owner.id,
    what: {
      'zh-CN': `创建 API 密钥“${name}”，有效期 ${days} 天，权限：${scopes.join('、')}`,
      en: `Make the API key "${name}" for ${days} days with the permissions: ${scopes.join(', ')}`,
    },
  }
}

/** Makes a key of at most the owner's permissions. It stands in the answer, and as a keyed hash in the database. */
export async function makeApiKey(platform: Platform, owner: Account, { name, scopes, days }: Wish): Promise<NewApiKey> {
  demandHeld(owner, scopes)
  return platform.database.transaction(async () => {
    const db = platform.database.db<AccountTables>()
    const now = platform.now()
    await db.selectFrom('person').select('id').where('id', '=', owner.id).forUpdate().execute() // one at a time, for the count
    const live = await db
      .selectFrom('api_key')
      .select('id')
      .where('person_id', '=', owner.id)
      .where('expires_at', '>', now)
      .execute()
    if (live.length >= mostKeys) throw tooManyKeys(mostKeys)
    const { token, prefix } = newKeyToken()
    const row: Row = {
      id: platform.newId(),
      person_id: owner.id,
      company_id: owner.companyId,
      name,
      prefix,
      digest: digestOfKey(platform, token),
      scopes: [...new Set(scopes)],
      created_at: now,
      expires_at: new Date(now.getTime() + days * dayMs),
      used_at: null,
      used_from: null,
      warned_at: null,
    }
    await db.insertInto('api_key').values(row).execute()
    await platform.record('api-key.made', { accountId: owner.id, keyId: row.id })
    await platform.audit.write({
      action: 'api-key.made',
      target: { kind: 'account', id: owner.id },
      after: { scopes: row.scopes, expiresAt: row.expires_at.toISOString() },
      facts: { keyId: row.id, prefix },
    })
    await mailApiKey(platform, owner.id, 'apiKeyMade', { key: name, prefix })
    return { ...(await present(platform, row, owner.roles)), key: token }
  })
}

/** Under which a key is kept, and looked up. */
export const digestOfKey = ({ vault }: Pick<Platform, 'vault'>, token: string): string => vault.digest(token, 'api_key.digest')

/** The keys of a person, newest first; an expired one until it is retired. */
export async function listApiKeys(platform: Platform, { id, roles }: Pick<AccountView, 'id' | 'roles'>): Promise<ApiKeyView[]> {
  const rows = await platform.database
    .db<AccountTables>()
    .selectFrom('api_key')
    .selectAll()
    .where('person_id', '=', id)
    .orderBy('id', 'desc')
    .limit(100)
    .execute()
  return Promise.all(rows.map(row => present(platform, row, roles)))
}

/** Ends one key of a person with its open streams; 404 for anybody else's. Whom another has revoked a key is told. */
export async function revokeApiKey(platform: Platform, by: Account, ownerId: string, keyId: string): Promise<void> {
  await platform.database.transaction(async () => {
    const row = await platform.database
      .db<AccountTables>()
      .deleteFrom('api_key')
      .where('id', '=', keyId)
      .where('person_id', '=', ownerId)
      .returning(['name', 'prefix'])
      .executeTakeFirst()
    if (!row) throw notFound({ 'zh-CN': 'API 密钥', en: 'API key' })
    await endStreams(platform.live, ownerId, keyId)
    await platform.record('api-key.revoked', { accountId: ownerId, keyId, by: by.id })
    await platform.audit.write({
      action: 'api-key.revoked',
      target: { kind: 'account', id: ownerId },
      facts: { keyId, prefix: row.prefix },
    })
    if (by.id !== ownerId) await mailApiKey(platform, ownerId, 'apiKeyRevoked', { key: row.name, prefix: row.prefix })
  })
}

/**
 * Ends every key of a person: whoever may not sign in, or may have lost his account to somebody, leaves no program behind.
 * In the ambient transaction.
 */
export async function revokeAllApiKeys(platform: Platform, ownerId: string): Promise<void> {
  const rows = await platform.database
    .db<AccountTables>()
    .deleteFrom('api_key')
    .where('person_id', '=', ownerId)
    .returning('id')
    .execute()
  if (rows.length === 0) return
  for (const { id } of rows) await endStreams(platform.live, ownerId, id)
  await platform.audit.write({
    action: 'api-key.revoked',
    target: { kind: 'account', id: ownerId },
    facts: { keys: rows.length },
  })
}

function demandHeld({ roles }: Account, scopes: readonly PermissionName[]): void {
  const held = scopesFor(roles)
  const foreign = scopes.flatMap((scope, place) => (held.includes(scope) ? [] : [{ scope, place }]))
  if (foreign.length === 0) return
  throw invalid(
    foreign.map(({ scope, place }) => ({
      field: `/scopes/${place}`,
      value: scope,
      message: {
        'zh-CN': `不能授予密钥此权限：${permissionTable[scope].allows['zh-CN']}。`,
        en: `You cannot give a key the permission to ${permissionTable[scope].allows.en}.`,
      },
      remedy: {
        'zh-CN': '密钥的权限不能超过您自己的权限，请去掉此项。',
        en: 'A key may do at most what you may do yourself. Leave this one out.',
      },
    })),
  )
}

type Row = AccountTables['api_key']

async function present(platform: Platform, row: Row, roles: readonly string[]): Promise<ApiKeyView> {
  const working: string[] = permissionsOfKey(row.scopes, roles)
  return {
    id: row.id,
    name: row.name,
    prefix: row.prefix,
    scopes: working,
    lost: row.scopes.filter(scope => !working.includes(scope)),
    createdAt: row.created_at.toISOString(),
    expiresAt: row.expires_at.toISOString(),
    expired: row.expires_at <= platform.now(),
    usedAt: row.used_at?.toISOString() ?? null,
    usedFrom: row.used_from === null ? null : await platform.vault.open(row.used_from, 'api_key.used_from'),
  }
}
