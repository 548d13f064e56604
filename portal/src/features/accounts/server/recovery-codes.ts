import { randomBytes, randomInt } from 'node:crypto'
import type { Platform } from '#platform/server'
import { credentialChanged } from './credential-changed.ts'
import { hashWithSalt, saltOf } from './password-hash.ts'
import type { AccountTables } from './tables.ts'

const count = 10
/** fewer left than this, and the mail says to make new ones */
const few = 3
/** letters and digits nobody takes for another */
const signs = '23456789abcdefghjkmnpqrstuvwxyz'

/** A new set of codes, each good once, to be shown now and never again; earlier ones end. Needs the ambient transaction. */
export async function makeRecoveryCodes(platform: Platform, accountId: string): Promise<string[]> {
  const codes = Array.from({ length: count }, newCode)
  const salt = randomBytes(16)
  const hashes = await Promise.all(codes.map(code => hashWithSalt(bare(code), salt)))
  await dropRecoveryCodes(platform, accountId)
  await platform.database
    .db<AccountTables>()
    .insertInto('recovery_code')
    .values(hashes.map(hash => ({ person_id: accountId, hash, used_at: null, created_at: platform.now() })))
    .execute()
  return codes
}

/** Whether this is an unused recovery code of the person; it is used by this, and its owner told. */
export async function takeRecoveryCode(platform: Platform, accountId: string, code: string): Promise<boolean> {
  const db = () => platform.database.db<AccountTables>()
  const any = await db().selectFrom('recovery_code').select('hash').where('person_id', '=', accountId).executeTakeFirst()
  if (!any) return false
  const hash = await hashWithSalt(bare(code), saltOf(any.hash))
  return platform.database.transaction(async () => {
    const { numUpdatedRows } = await db()
      .updateTable('recovery_code')
      .set({ used_at: platform.now() })
      .where('person_id', '=', accountId)
      .where('hash', '=', hash)
      .where('used_at', 'is', null)
      .executeTakeFirst()
    if (numUpdatedRows === 0n) return false
    const left = await countRecoveryCodes(platform, accountId)
    await credentialChanged(platform, 'recovery-code.used', { accountId, left }, left < few ? 'recoveryCodesFew' : undefined)
    return true
  })
}

/** How many codes of the person are unused. */
export async function countRecoveryCodes(platform: Platform, accountId: string): Promise<number> {
  const { left } = await platform.database
    .db<AccountTables>()
    .selectFrom('recovery_code')
    .select(({ fn }) => fn.countAll<number>().as('left'))
    .where('person_id', '=', accountId)
    .where('used_at', 'is', null)
    .executeTakeFirstOrThrow()
  return left
}

export async function dropRecoveryCodes(platform: Platform, accountId: string): Promise<void> {
  await platform.database.db<AccountTables>().deleteFrom('recovery_code').where('person_id', '=', accountId).execute()
}

/** Two groups of five: 49 bits, behind a slow hash and a brake. */
const newCode = (): string => `${newGroup()}-${newGroup()}`
const newGroup = (): string => Array.from({ length: 5 }, () => signs[randomInt(signs.length)]).join('')
const bare = (code: string): string => code.toLowerCase().replace(/[^0-9a-z]/g, '')
