import type { Account, ConfirmedAct, Platform } from '#platform/server'
import { mayActOn, type StaffMember } from '../core/index.ts'
import { revokeAllApiKeys } from './api-keys.ts'
import { dropAuthenticator } from './authenticator.ts'
import { credentialChanged } from './credential-changed.ts'
import { noSecondFactor, outOfReach } from './failures.ts'
import { forgetDevices } from './known-devices.ts'
import { dropRecoveryCodes } from './recovery-codes.ts'
import { hasSecondFactor } from './second-factor-rule.ts'
import { getStaffMember } from './staff.ts'
import type { AccountTables } from './tables.ts'

/** What taking somebody's second factor away needs confirmed. */
export async function describeReset(platform: Platform, accountId: string): Promise<ConfirmedAct> {
  const { id, name } = await getStaffMember(platform, accountId)
  return { target: id, what: { 'zh-CN': `重置 ${name} 的两步验证`, en: `Reset the second factor of ${name}` } }
}

/**
 * For a colleague who has lost his phone: his app, recovery codes and passkeys end, and so do his sessions. He signs in by his password
 * and sets up anew. He is told, and whoever did it stands in the log with his reason.
 */
export async function resetSecondFactor(platform: Platform, accountId: string, by: Account): Promise<StaffMember> {
  return platform.database.transaction(async () => {
    const member = await getStaffMember(platform, accountId)
    if (mayActOn(by.roles, member.roles) === 'never') throw outOfReach()
    if (!(await hasSecondFactor(platform, accountId))) throw noSecondFactor()
    const db = platform.database.db<AccountTables>()
    await dropAuthenticator(platform, accountId)
    await dropRecoveryCodes(platform, accountId)
    await db.deleteFrom('passkey').where('person_id', '=', accountId).execute()
    await db.deleteFrom('session').where('person_id', '=', accountId).execute()
    await forgetDevices(platform, accountId)
    await revokeAllApiKeys(platform, accountId)
    await credentialChanged(platform, 'second-factor.reset', { accountId, resetBy: by.id })
    return getStaffMember(platform, accountId)
  })
}
