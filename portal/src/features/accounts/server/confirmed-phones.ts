import { notFound, openFields, type Platform, phoneDigest } from '#platform/server'
import { accountLibrary } from './account-library.ts'
import { credentialChanged } from './credential-changed.ts'
import { personOf } from './people.ts'
import type { AccountTables } from './tables.ts'

/** The person who has confirmed the number of this digest; undefined where nobody has. */
export async function findByPhone({ database, vault }: Platform, digest: string) {
  const row = await database
    .db<AccountTables>()
    .selectFrom('confirmed_phone')
    .innerJoin('person', 'person.id', 'confirmed_phone.person_id')
    .select(['person.id', 'person.email', 'person.email_verified', 'person.deactivated_at'])
    .where('confirmed_phone.phone_digest', '=', digest)
    .executeTakeFirst()
  return row && openFields(vault, 'person', row, ['email'])
}

/** When the person has confirmed his number; null where he has not. */
export async function phoneConfirmedAt({ database }: Platform, accountId: string): Promise<Date | null> {
  const row = await database
    .db<AccountTables>()
    .selectFrom('confirmed_phone')
    .select('confirmed_at')
    .where('person_id', '=', accountId)
    .executeTakeFirst()
  return row?.confirmed_at ?? null
}

/** The number the person has confirmed, in E.164; 404 where there is none. */
export async function confirmedPhoneOf(platform: Platform, accountId: string): Promise<string> {
  const phone = (await phoneConfirmedAt(platform, accountId)) && (await personOf(platform, accountId))?.phone
  if (!phone) throw noSuchPhone()
  return phone
}

/**
 * The number is the person's from now on. Who had it before has it no longer, and is told: numbers are given to somebody else when
 * nobody pays for them. Needs the ambient transaction.
 */
export async function keepConfirmedPhone(platform: Platform, accountId: string, phone: string): Promise<void> {
  const db = platform.database.db<AccountTables>()
  const phone_digest = phoneDigest(platform.vault, phone)
  const before = await db
    .deleteFrom('confirmed_phone')
    .where('phone_digest', '=', phone_digest)
    .where('person_id', '!=', accountId)
    .returning('person_id')
    .execute()
  for (const { person_id } of before)
    await credentialChanged(platform, 'phone.removed', { accountId: person_id, why: 'taken' }, 'phoneTaken')
  await writePhone(platform, accountId, phone)
  const row = { phone_digest, confirmed_at: platform.now() }
  await db
    .insertInto('confirmed_phone')
    .values({ person_id: accountId, ...row })
    .onConflict(known => known.column('person_id').doUpdateSet(row))
    .execute()
  await credentialChanged(platform, 'phone.confirmed', { accountId })
}

/** The number goes, as a way of signing in and out of the profile. Needs the ambient transaction. */
export async function dropConfirmedPhone(platform: Platform, accountId: string): Promise<void> {
  const { numDeletedRows } = await platform.database
    .db<AccountTables>()
    .deleteFrom('confirmed_phone')
    .where('person_id', '=', accountId)
    .executeTakeFirst()
  if (numDeletedRows === 0n) throw noSuchPhone()
  await writePhone(platform, accountId, null)
  await credentialChanged(platform, 'phone.removed', { accountId, why: 'removed' })
}

async function writePhone(platform: Platform, accountId: string, phone: string | null): Promise<void> {
  const { internalAdapter } = await accountLibrary(platform).$context
  await internalAdapter.updateUser(accountId, { phone })
}

const noSuchPhone = () => notFound({ 'zh-CN': '已验证的手机号', en: 'confirmed phone number' })
