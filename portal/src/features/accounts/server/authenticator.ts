import { Secret, TOTP } from 'otpauth'
import { renderSVG } from 'uqr'
import { conflict, type Platform } from '#platform/server'
import type { NewAuthenticator } from '../core/index.ts'
import { viewAccount } from './people.ts'
import type { AccountTables } from './tables.ts'

/** What every authenticator app understands (RFC 6238): SHA-1, six digits, a new code every 30 seconds. */
const shape = { algorithm: 'SHA1', digits: 6, period: 30 } as const
/** where the secret is sealed for */
const sealedAt = 'authenticator.secret'
/** a clock may be one step wrong, either way */
const drift = 1

/** Makes the secret of a new authenticator app. It counts once a code has proved that the app has it; until then it can be made anew. */
export async function beginAuthenticator(platform: Platform, accountId: string): Promise<NewAuthenticator> {
  const { email } = await viewAccount(platform, accountId)
  const secret = new Secret({ size: 20 })
  const row = { secret: await platform.vault.seal(secret.base32, sealedAt), created_at: platform.now() }
  const { numInsertedOrUpdatedRows = 0n } = await platform.database
    .db<AccountTables>()
    .insertInto('authenticator')
    .values({ person_id: accountId, confirmed_at: null, last_step: 0, ...row })
    .onConflict(known => known.column('person_id').doUpdateSet(row).where('authenticator.confirmed_at', 'is', null))
    .executeTakeFirstOrThrow()
  if (numInsertedOrUpdatedRows === 0n) throw alreadyOn()
  const uri = new TOTP({ ...shape, secret, issuer: issuerOf(platform), label: email }).toString()
  return { key: secret.base32.replace(/(.{4})(?=.)/g, '$1 '), uri, picture: renderSVG(uri, { border: 2 }) }
}

/** Whether this is a code of the person's authenticator app that was not used before; it is used by this. */
export async function takeAuthenticatorCode(platform: Platform, accountId: string, code: string): Promise<boolean> {
  const step = await stepOf(platform, accountId, code, true)
  return step !== null && spendStep(platform, accountId, step)
}

/** Whether the code comes from the app that was just set up; if so, the app counts from now on. */
export async function confirmAuthenticator(platform: Platform, accountId: string, code: string): Promise<boolean> {
  const step = await stepOf(platform, accountId, code, false)
  if (step === null || !(await spendStep(platform, accountId, step))) return false
  await platform.database
    .db<AccountTables>()
    .updateTable('authenticator')
    .set({ confirmed_at: platform.now() })
    .where('person_id', '=', accountId)
    .execute()
  return true
}

/** When the person's authenticator app was confirmed; null where he has none. */
export async function authenticatorSince(platform: Platform, accountId: string): Promise<Date | null> {
  const row = await platform.database
    .db<AccountTables>()
    .selectFrom('authenticator')
    .select('confirmed_at')
    .where('person_id', '=', accountId)
    .executeTakeFirst()
  return row?.confirmed_at ?? null
}

export async function dropAuthenticator(platform: Platform, accountId: string): Promise<void> {
  await platform.database.db<AccountTables>().deleteFrom('authenticator').where('person_id', '=', accountId).execute()
}

/** The time step the code belongs to; null where it is no code of the app. confirmed: of one that counts, or of one being set up */
async function stepOf(platform: Platform, accountId: string, code: string, confirmed: boolean): Promise<number | null> {
  const row = await platform.database
    .db<AccountTables>()
    .selectFrom('authenticator')
    .select('secret')
    .where('person_id', '=', accountId)
    .where('confirmed_at', confirmed ? 'is not' : 'is', null)
    .executeTakeFirst()
  if (!row) return null
  const timestamp = platform.now().getTime()
  const totp = new TOTP({ ...shape, secret: Secret.fromBase32(await platform.vault.open(row.secret, sealedAt)) })
  const delta = totp.validate({ token: code, timestamp, window: drift })
  return delta === null ? null : totp.counter({ timestamp }) + delta
}

/** One of two who send the same code at once gets it; steps before the last used one are spent too. */
async function spendStep(platform: Platform, accountId: string, step: number): Promise<boolean> {
  const { numUpdatedRows } = await platform.database
    .db<AccountTables>()
    .updateTable('authenticator')
    .set({ last_step: step })
    .where('person_id', '=', accountId)
    .where('last_step', '<', step)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

/** The name an app shows beside the code. */
const issuerOf = ({ config }: Platform): string => new URL(config.publicUrl).hostname

export const alreadyOn = () =>
  conflict(
    'second-factor-on',
    { 'zh-CN': '此账户已设置身份验证器。', en: 'This account has an authenticator app already.' },
    { 'zh-CN': '要更换，请先停用现有的验证器。', en: 'To change it, turn the present one off first.' },
  )
