import { inLanguage, type Language } from '#platform/core'
import { notFound, type OidcProvider, type Platform } from '#platform/server'
import { credentialChanged } from './credential-changed.ts'
import { lastWayIn } from './failures.ts'
import { viewAccount } from './people.ts'
import type { AccountTables } from './tables.ts'

/** The provider of this id; 404 where the configuration knows none. */
export function findProvider({ config }: Platform, id: string): OidcProvider {
  const provider = config.oidcProviders.find(provider => provider.id === id)
  if (!provider) throw notFound({ 'zh-CN': '登录服务商', en: 'sign-in provider' })
  return provider
}

/** The buttons of the sign-in page. */
export const listProviders = ({ config }: Platform, language: Language) =>
  config.oidcProviders.map(provider => ({
    id: provider.id,
    name: inLanguage(provider.name, language),
    for: provider.for,
  }))

/** The providers a person may link, with the day he has. */
export async function linkedProviders(platform: Platform, accountId: string, language: Language) {
  const { kind } = await viewAccount(platform, accountId)
  const rows = await credentialsOf(platform, accountId)
  return listProviders(platform, language)
    .filter(provider => (provider.for === 'staff') === (kind === 'staff'))
    .map(({ id, name }) => ({
      id,
      name,
      linkedAt: rows.find(row => row.provider_id === nameOf({ id }))?.created_at.toISOString() ?? null,
    }))
}

/** The account this subject of the provider is linked to. */
export async function findLinked(platform: Platform, provider: OidcProvider, subject: string): Promise<string | null> {
  const row = await platform.database
    .db<AccountTables>()
    .selectFrom('credential')
    .select('person_id')
    .where('provider_id', '=', nameOf(provider))
    .where('provider_account_id', '=', subject)
    .executeTakeFirst()
  return row?.person_id ?? null
}

/** Needs the ambient transaction. */
export async function link(
  platform: Platform,
  provider: OidcProvider,
  { accountId, subject }: { accountId: string; subject: string },
): Promise<void> {
  const now = platform.now()
  await platform.database
    .db<AccountTables>()
    .insertInto('credential')
    .values({
      id: platform.newId(),
      person_id: accountId,
      provider_id: nameOf(provider),
      provider_account_id: subject,
      password: null,
      created_at: now,
      updated_at: now,
    })
    .execute()
  await credentialChanged(platform, 'provider.linked', { accountId, provider: provider.id })
}

/** The caller has had the person prove himself. Refuses to take the last way to sign in away. */
export async function unlink(platform: Platform, accountId: string, provider: OidcProvider): Promise<void> {
  await platform.database.transaction(async () => {
    const db = platform.database.db<AccountTables>()
    const { numDeletedRows } = await db
      .deleteFrom('credential')
      .where('person_id', '=', accountId)
      .where('provider_id', '=', nameOf(provider))
      .executeTakeFirst()
    if (numDeletedRows === 0n) throw notFound({ 'zh-CN': '关联', en: 'link' })
    const passkey = await db.selectFrom('passkey').select('id').where('person_id', '=', accountId).executeTakeFirst()
    if (!passkey && (await credentialsOf(platform, accountId)).length === 0) throw lastWayIn()
    await credentialChanged(platform, 'provider.unlinked', { accountId, provider: provider.id })
  })
}

const credentialsOf = (platform: Platform, accountId: string) =>
  platform.database
    .db<AccountTables>()
    .selectFrom('credential')
    .select(['provider_id', 'created_at'])
    .where('person_id', '=', accountId)
    .execute()

/** apart from the account library's own 'credential' */
const nameOf = ({ id }: { id: string }): string => `oidc:${id}`
