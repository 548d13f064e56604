import type { Language } from '#platform/core'
import type { ConfirmedAct, Platform } from '#platform/server'
import { invitationDays, type StaffMember, type StaffRole } from '../core/index.ts'
import { mailInvitation } from './mails.ts'
import { issueToken } from './one-time-token.ts'
import { findByEmail, lockEmail, writeStaff } from './people.ts'
import { emailTaken } from './set-up.ts'
import { getStaffMember } from './staff.ts'

export const staffInvitationMinutes = invitationDays * 24 * 60

interface Invitation {
  name: string
  email: string
  roles: StaffRole[]
  language: Language
  /** account of the administrator */
  invitedBy: string
}

/** Making an administrator is confirmed, by a second one too; any other colleague is simply invited. */
export function describeInvitation({ name, email, roles }: Pick<Invitation, 'name' | 'email' | 'roles'>): ConfirmedAct | null {
  if (!roles.includes('admin')) return null
  return {
    target: 'new',
    what: { 'zh-CN': `邀请 ${name}（${email}）成为管理员`, en: `Invite ${name} (${email}) as an administrator` },
    second: 'staff.manage',
  }
}

/** Creates a staff account without a password and mails the link to set one, valid for a week. */
export async function inviteStaff(platform: Platform, invitation: Invitation): Promise<StaffMember> {
  const { name, email, language, invitedBy } = invitation
  const roles = [...new Set(invitation.roles)].sort()
  return platform.database.transaction(async () => {
    await lockEmail(platform, email)
    if (await findByEmail(platform, email)) throw emailTaken()
    const accountId = await writeStaff(platform, { name, email, language, roles, password: null, grantedBy: invitedBy })
    await platform.record('staff.invited', { accountId, invitedBy, roles })
    await platform.audit.write({ action: 'staff.invited', target: { kind: 'account', id: accountId }, after: { roles } })
    const token = await issueToken(platform, 'reset-password', accountId, staffInvitationMinutes)
    await mailInvitation(platform, { to: email, name, language, token })
    return getStaffMember(platform, accountId)
  })
}
