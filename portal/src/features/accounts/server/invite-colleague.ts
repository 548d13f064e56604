import type { Language } from '#platform/core'
import { type Account, type ConfirmedAct, emailDigest, type Platform, sealFields } from '#platform/server'
import { type CompanyRole, type InvitationView, mayGive, openInvitationsMost } from '../core/index.ts'
import { findManagedCompany, holdCompany } from './company-hold.ts'
import { countInvitation } from './count-invitation.ts'
import { alreadyInvited, alreadyMember, companyOfOne, outOfReach, tooManyInvitations } from './failures.ts'
import { findInvitation, invitationsOf, sendInvitation } from './invitations.ts'
import type { AccountTables } from './tables.ts'

interface Invitation {
  companyId: string
  email: string
  name?: string | undefined
  role: CompanyRole
  /** of the mail */
  language: Language
  /** remote address, for slowing down who mails strangers */
  address: string
}

/** Making an administrator is confirmed; a member is simply invited. */
export async function describeColleague(
  platform: Platform,
  actor: Account,
  { companyId, email, role }: Pick<Invitation, 'companyId' | 'email' | 'role'>,
): Promise<ConfirmedAct | null> {
  const { name } = await findManagedCompany(platform, actor, companyId)
  if (role !== 'company-admin') return null
  return {
    target: companyId,
    what: { 'zh-CN': `邀请 ${email} 成为「${name}」的管理员`, en: `Invite ${email} as an administrator of ${name}` },
  }
}

/**
 * Mails somebody the link to join the company, valid for a week. Nothing here looks at accounts of other companies: what the invited
 * person has to do is said to him alone, who reads the mail.
 */
export async function inviteColleague(platform: Platform, actor: Account, invitation: Invitation): Promise<InvitationView> {
  const { companyId, email, role, language, address } = invitation
  await findManagedCompany(platform, actor, companyId)
  await countInvitation(platform, { email, address })
  return platform.database.transaction(async () => {
    const company = await holdCompany(platform, actor, companyId)
    if (company.sole) throw companyOfOne('invite')
    if (!mayGive(actor.roles, role)) throw outOfReach()
    const digest = emailDigest(platform.vault, email)
    if (await isMember(platform, companyId, digest)) throw alreadyMember()
    await demandRoom(platform, companyId, digest)
    const id = platform.newId()
    const db = platform.database.db<AccountTables>()
    await db
      .insertInto('company_invitation')
      .values({
        ...(await sealFields(platform.vault, 'company_invitation', { email })),
        id,
        company_id: companyId,
        email_digest: digest,
        name: invitation.name ?? null,
        role,
        language,
        status: 'pending',
        inviter_id: actor.id,
        created_at: platform.now(),
        expires_at: platform.now(),
      })
      .execute()
    await platform.record('colleague.invited', { invitationId: id, companyId, by: actor.id })
    await platform.audit.write({
      action: 'colleague.invited',
      target: { kind: 'company', id: companyId },
      facts: { invitationId: id, role },
    })
    await sendInvitation(platform, id)
    return findInvitation(platform, id)
  })
}

async function isMember({ database }: Platform, companyId: string, digest: string): Promise<boolean> {
  const row = await database
    .db<AccountTables>()
    .selectFrom('company_member')
    .innerJoin('person', 'person.id', 'company_member.person_id')
    .select('person.id')
    .where('company_id', '=', companyId)
    .where('email_digest', '=', digest)
    .executeTakeFirst()
  return row !== undefined
}

/** One open invitation for an address, and not too many of a company; an expired one makes room. */
async function demandRoom(platform: Platform, companyId: string, digest: string): Promise<void> {
  const now = platform.now()
  const known = await invitationsOf(platform, companyId).select(['id', 'email_digest', 'expires_at']).execute()
  const open = known.filter(({ expires_at }) => expires_at > now)
  if (open.some(({ email_digest }) => email_digest === digest)) throw alreadyInvited()
  if (open.length >= openInvitationsMost) throw tooManyInvitations(openInvitationsMost)
  const db = platform.database.db<AccountTables>()
  await db.deleteFrom('company_invitation').where('company_id', '=', companyId).where('email_digest', '=', digest).execute()
}
