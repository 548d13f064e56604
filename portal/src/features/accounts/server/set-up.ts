import { conflict, type Platform } from '#platform/server'
import { demandGoodPassword } from './demand-good-password.ts'
import { linkExpired } from './failures.ts'
import { issueToken, redeemToken, revokeTokens } from './one-time-token.ts'
import { findByEmail, writeStaff } from './people.ts'
import type { AccountTables } from './tables.ts'

const subject = 'first-admin'

/** Page path with the token that lets the first administrator set the portal up; null once there is one. Earlier links end. */
export async function firstAdminPath(platform: Platform): Promise<string | null> {
  return platform.database.transaction(async () => {
    if (await hasAdmin(platform)) return null
    await revokeTokens(platform, subject)
    return `/set-up?token=${await issueToken(platform, 'set-up', subject)}`
  })
}

interface FirstAdmin {
  token: string
  name: string
  email: string
  password: string
  language: 'zh-CN' | 'en'
}

/** Creates the first administrator; the link works once. */
export async function setUp(platform: Platform, { token, ...admin }: FirstAdmin): Promise<{ email: string }> {
  await demandGoodPassword(platform, admin.password, admin)
  return platform.database.transaction(async () => {
    if ((await redeemToken(platform, 'set-up', token)) !== subject || (await hasAdmin(platform))) throw linkExpired()
    if (await findByEmail(platform, admin.email)) throw emailTaken()
    const id = await writeStaff(platform, { ...admin, roles: ['admin'], grantedBy: null })
    await platform.audit.write({ action: 'account.set-up', target: { kind: 'account', id }, after: { roles: ['admin'] } })
    return { email: admin.email }
  })
}

export const emailTaken = () =>
  conflict(
    'email-taken',
    { 'zh-CN': '此邮箱已有账户。', en: 'There is already an account with this e-mail address.' },
    { 'zh-CN': '请使用其他邮箱。', en: 'Use another address.' },
  )

async function hasAdmin(platform: Platform): Promise<boolean> {
  const db = platform.database.db<AccountTables>()
  return Boolean(await db.selectFrom('staff_role').select('person_id').where('role', '=', 'admin').executeTakeFirst())
}
