import { type Account, notFound, openFields, type Platform } from '#platform/server'
import { type InvitationView, invitationDays } from '../core/index.ts'
import { companyName } from './companies.ts'
import { findManagedCompany, holdCompany } from './company-hold.ts'
import { countInvitation } from './count-invitation.ts'
import { mailCompanyInvitation } from './mails.ts'
import { issueToken, revokeTokens } from './one-time-token.ts'
import { personNames } from './staff.ts'
import type { AccountTables } from './tables.ts'

const dayMs = 24 * 60 * 60_000

/** What nobody has accepted yet, newest first. The caller has checked that the reader may see it. */
export async function listInvitations(platform: Platform, companyId: string): Promise<InvitationView[]> {
  const rows = await invitationsOf(platform, companyId).selectAll().orderBy('id', 'desc').limit(200).execute()
  return present(platform, rows)
}

export const invitationsOf = ({ database }: Platform, companyId: string) =>
  database.db<AccountTables>().selectFrom('company_invitation').where('company_id', '=', companyId)

export async function findInvitation(platform: Platform, invitationId: string): Promise<InvitationView> {
  const [invitation] = await present(platform, [await rowOf(platform, invitationId)])
  return invitation!
}

/** Ends the earlier link and mails another, valid for a week from now. */
export async function resendInvitation(
  platform: Platform,
  actor: Account,
  { invitationId, address }: { invitationId: string; address: string },
): Promise<InvitationView> {
  const { company_id } = await managedRow(platform, actor, invitationId)
  const { email } = await findInvitation(platform, invitationId)
  await countInvitation(platform, { email, address })
  return platform.database.transaction(async () => {
    await holdCompany(platform, actor, company_id)
    await sendInvitation(platform, invitationId)
    await platform.audit.write({
      action: 'colleague.invited-again',
      target: { kind: 'company', id: company_id },
      facts: { invitationId },
    })
    return findInvitation(platform, invitationId)
  })
}

/** The link works no more, and nothing of the address is kept. */
export async function withdrawInvitation(platform: Platform, actor: Account, invitationId: string): Promise<void> {
  await platform.database.transaction(async () => {
    const { company_id } = await managedRow(platform, actor, invitationId)
    await holdCompany(platform, actor, company_id)
    const db = platform.database.db<AccountTables>()
    const { numDeletedRows } = await db.deleteFrom('company_invitation').where('id', '=', invitationId).executeTakeFirst()
    if (numDeletedRows === 0n) throw noInvitation()
    await revokeTokens(platform, invitationId)
    await platform.audit.write({
      action: 'colleague.invitation-withdrawn',
      target: { kind: 'company', id: company_id },
      facts: { invitationId },
    })
  })
}

/** Needs the ambient transaction. */
export async function sendInvitation(platform: Platform, invitationId: string): Promise<void> {
  const expires_at = new Date(platform.now().getTime() + invitationDays * dayMs)
  const db = platform.database.db<AccountTables>()
  await db.updateTable('company_invitation').set({ expires_at }).where('id', '=', invitationId).execute()
  await revokeTokens(platform, invitationId)
  const token = await issueToken(platform, 'join-company', invitationId)
  const row = await rowOf(platform, invitationId)
  const { email, name, invitedBy } = await findInvitation(platform, invitationId)
  const company = await companyName(platform.database, row.company_id)
  await mailCompanyInvitation(platform, {
    to: email,
    name: name ?? '',
    language: row.language,
    token,
    who: invitedBy.name,
    company: company ?? '',
  })
}

/** 404 for whoever does not look after the company it is for. */
async function managedRow(platform: Platform, actor: Account, invitationId: string): Promise<Row> {
  const row = await rowOf(platform, invitationId)
  await findManagedCompany(platform, actor, row.company_id).catch(() => {
    throw noInvitation()
  })
  return row
}

type Row = AccountTables['company_invitation']

async function rowOf({ database }: Platform, invitationId: string): Promise<Row> {
  const db = database.db<AccountTables>()
  const row = await db.selectFrom('company_invitation').selectAll().where('id', '=', invitationId).executeTakeFirst()
  if (!row) throw noInvitation()
  return row
}

async function present(platform: Platform, rows: Row[]): Promise<InvitationView[]> {
  const names = await personNames(
    platform.database,
    rows.map(row => row.inviter_id),
  )
  const opened = await Promise.all(rows.map(row => openFields(platform.vault, 'company_invitation', row, ['email'])))
  return opened.map(row => ({
    id: row.id,
    email: row.email,
    name: row.name,
    role: row.role,
    invitedBy: { id: row.inviter_id, name: names.get(row.inviter_id) ?? '' },
    createdAt: row.created_at.toISOString(),
    expiresAt: row.expires_at.toISOString(),
    expired: row.expires_at <= platform.now(),
  }))
}

const noInvitation = () => notFound({ 'zh-CN': '邀请', en: 'invitation' })
