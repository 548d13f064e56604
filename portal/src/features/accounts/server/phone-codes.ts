import { createHash, randomBytes, randomInt, timingSafeEqual } from 'node:crypto'
import { sql } from 'kysely'
import { invalid, keyedHash, networkOf, notFound, type Platform, phoneDigest } from '#platform/server'
import { type AskedForCode, phoneCode, secondsUntilCode, takesTexts } from '../core/index.ts'
import { tooManyCodes } from './failures.ts'
import type { AccountTables } from './tables.ts'

type Purpose = AccountTables['phone_code']['purpose']

interface Asking {
  purpose: Purpose
  /** E.164 */
  phone: string
  /** null: nobody has said yet who he is */
  accountId: string | null
  /** remote address */
  address: string
}

/** A code on its way to a number. */
export interface CodeOnItsWay {
  phone: string
  code: string
  until: Date
}

/**
 * Makes a code and keeps its hash; `send` sees to it that it gets on its way, in the same transaction. Answers the token that belongs
 * to it, without which it is worth nothing. Throws where text messages are not set up, do not go to this number, or were too many.
 */
export async function askForCode(
  platform: Platform,
  { purpose, phone, accountId, address }: Asking,
  send: (code: CodeOnItsWay) => Promise<void>,
): Promise<AskedForCode> {
  demandReachable(platform, phone)
  const { database, vault, config, now } = platform
  const id = platform.newId()
  const token = randomBytes(24).toString('base64url')
  const code = String(randomInt(10 ** 6)).padStart(6, '0')
  const at = now()
  const until = new Date(at.getTime() + phoneCode.minutes * 60_000)
  const row = {
    id,
    purpose,
    token_hash: hashToken(token),
    person_id: accountId,
    phone_digest: phoneDigest(vault, phone),
    address_hash: keyedHash(config.sessionSecret, `phone-code\n${networkOf(address)}`).toString('base64url'),
    code_hash: hashCode(platform, id, code).toString('base64url'),
    created_at: at,
    expires_at: until,
  }
  await database.transaction(async () => {
    await demandPatience(platform, row)
    await database
      .db<AccountTables>()
      .insertInto('phone_code')
      .values({ ...row, tries: 0, used_at: null })
      .execute()
    await send({ phone, code, until })
  })
  return { token, minutes: phoneCode.minutes, again: phoneCode.secondsApart }
}

/** The digest of the number a token's code was sent to; null where there is no such token. */
export async function numberOf({ database }: Platform, token: string): Promise<string | null> {
  const row = await database
    .db<AccountTables>()
    .selectFrom('phone_code')
    .select('phone_digest')
    .where('token_hash', '=', hashToken(token))
    .executeTakeFirst()
  return row?.phone_digest ?? null
}

interface Answered {
  token: string
  code: string
  /** whose code it has to be; null: one that was asked for by nobody yet */
  accountId: string | null
}

/**
 * The digest of the number the code went to, which spends it; null where it does not hold: another token, purpose or person, mistyped
 * too often, expired or spent. Call it outside of transactions: a try must stay counted when what it was for rolls back.
 */
export async function takeCode(
  platform: Platform,
  purpose: Purpose,
  { token, code, accountId }: Answered,
): Promise<string | null> {
  const db = platform.database.db<AccountTables>()
  const row = await db
    .updateTable('phone_code')
    .set(({ eb }) => ({ tries: eb('tries', '+', 1) }))
    .where('token_hash', '=', hashToken(token))
    .where('purpose', '=', purpose)
    .where('person_id', 'is not distinct from', accountId)
    .where('tries', '<', phoneCode.tries)
    .where('expires_at', '>', platform.now())
    .where('used_at', 'is', null)
    .returning(['id', 'code_hash', 'phone_digest'])
    .executeTakeFirst()
  if (!row || !timingSafeEqual(Buffer.from(row.code_hash, 'base64url'), hashCode(platform, row.id, code))) return null
  const { numUpdatedRows } = await db
    .updateTable('phone_code')
    .set({ used_at: platform.now() })
    .where('id', '=', row.id)
    .where('used_at', 'is', null)
    .executeTakeFirst()
  return numUpdatedRows === 1n ? row.phone_digest : null // of two who send it at once, one
}

/** Throws away what counts for no limit any more. */
export async function clearOldCodes({ database, now }: Platform): Promise<void> {
  const old = new Date(now().getTime() - day)
  await database.db<AccountTables>().deleteFrom('phone_code').where('created_at', '<', old).execute()
}

function demandReachable({ sms, config }: Platform, phone: string): void {
  if (!sms) throw notFound({ 'zh-CN': '短信验证码', en: 'code by text message' })
  const served = config.smsCountries.some(country => phone.startsWith(country)) && takesTexts(phone)
  if (served) return
  const countries = config.smsCountries.join(', ')
  throw invalid([
    {
      field: '/phone',
      message: { 'zh-CN': '无法向此号码发送短信。', en: 'No text messages are sent to this number.' },
      remedy: {
        'zh-CN': `请填写手机号，国家代码为 ${countries}。`,
        en: `Enter a mobile number with the country code ${countries}.`,
      },
    },
  ])
}

type Row = Pick<AccountTables['phone_code'], 'phone_digest' | 'address_hash' | 'person_id' | 'created_at'>

/** One at a time, so that a hundred at once get no more than a hundred in a row. The same for a number that nobody has. */
async function demandPatience({ database }: Platform, row: Row): Promise<void> {
  const db = database.db<AccountTables>()
  await sql`select pg_advisory_xact_lock(hashtext('fettle-phone-code'))`.execute(db)
  const known = await db
    .selectFrom('phone_code')
    .select(['phone_digest', 'address_hash', 'person_id', 'created_at'])
    .where('created_at', '>', new Date(row.created_at.getTime() - day))
    .where(({ or, eb }) =>
      or([
        eb('phone_digest', '=', row.phone_digest),
        eb('address_hash', '=', row.address_hash),
        ...(row.person_id ? [eb('person_id', '=', row.person_id)] : []),
      ]),
    )
    .execute()
  const seconds = secondsUntilCode(
    known.map(one => ({
      at: one.created_at,
      sameNumber: one.phone_digest === row.phone_digest,
      sameAddress: one.address_hash === row.address_hash,
      sameAccount: row.person_id !== null && one.person_id === row.person_id,
    })),
    row.created_at,
  )
  if (seconds > 0) throw tooManyCodes(seconds)
}

const day = 24 * 60 * 60_000

const hashToken = (token: string): string => createHash('sha256').update(token).digest('base64url')

/** Keyed: a million codes are tried in a second by whoever has the table alone. */
const hashCode = ({ config }: Platform, id: string, code: string): Buffer =>
  keyedHash(config.sessionSecret, `phone-code\n${id}\n${code}`)
