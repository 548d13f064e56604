import type { Account, ConfirmedAct, Platform, RequestContext } from '#platform/server'
import type { StaffMember } from '../core/index.ts'
import { countInvitation } from './count-invitation.ts'
import { invitationSettled } from './failures.ts'
import { findSubordinate } from './find-subordinate.ts'
import { staffInvitationMinutes } from './invite-staff.ts'
import { mailInvitation } from './mails.ts'
import { issueToken, revokeTokens } from './one-time-token.ts'
import { getStaffMember } from './staff.ts'
import type { AccountTables } from './tables.ts'

/** Ends the earlier links of a colleague who has not set a password yet, and mails another, valid for a week. */
export async function resendStaffInvitation(
  platform: Platform,
  actor: Account,
  { accountId, address }: { accountId: string; address: string },
): Promise<StaffMember> {
  const { email, name, language } = await findInvited(platform, actor, accountId)
  await countInvitation(platform, { email, address })
  return platform.database.transaction(async () => {
    await revokeTokens(platform, accountId)
    const token = await issueToken(platform, 'reset-password', accountId, staffInvitationMinutes)
    await mailInvitation(platform, { to: email, name, language, token })
    await platform.audit.write({ action: 'staff.invited-again', target: { kind: 'account', id: accountId } })
    return getStaffMember(platform, accountId)
  })
}

/** Nobody lower is asked to confirm it; an administrator's invitation is taken back as deliberately as it was given. */
export async function describeWithdrawal({ platform, account }: RequestContext, accountId: string): Promise<ConfirmedAct | null> {
  const { id, name, roles } = await findInvited(platform, account!, accountId)
  if (!roles.includes('admin')) return null
  return {
    target: id,
    what: { 'zh-CN': `撤回对 ${name} 的管理员邀请`, en: `Withdraw the invitation of ${name} as an administrator` },
  }
}

/** The account goes, which nobody has ever signed in to. */
export async function withdrawStaffInvitation(platform: Platform, actor: Account, accountId: string): Promise<void> {
  await platform.database.transaction(async () => {
    await findInvited(platform, actor, accountId)
    await revokeTokens(platform, accountId)
    const { numDeletedRows } = await platform.database
      .db<AccountTables>()
      .deleteFrom('person')
      .where('id', '=', accountId)
      .where('email_verified', '=', false) // who sets his password at this moment stays
      .executeTakeFirst()
    if (numDeletedRows === 0n) throw invitationSettled()
    await platform.record('staff.invitation-withdrawn', { accountId, by: actor.id })
    await platform.audit.write({ action: 'staff.invitation-withdrawn', target: { kind: 'account', id: accountId } })
  })
}

async function findInvited(platform: Platform, actor: Account, accountId: string) {
  await getStaffMember(platform, accountId) // a customer is not found here
  const person = await findSubordinate(platform, actor, accountId)
  const { active, deactivatedAt } = await getStaffMember(platform, accountId)
  if (active || deactivatedAt) throw invitationSettled()
  return person
}
