import type { Language } from '#platform/core'
import { type Account, openFields, type Platform } from '#platform/server'
import { type AccountView, type CompanyView, type Standing, standingOf } from '../core/index.ts'
import { accountLibrary } from './account-library.ts'
import { revokeAllApiKeys } from './api-keys.ts'
import { companyName, companyOf, getCompany } from './companies.ts'
import { demandGoodPassword } from './demand-good-password.ts'
import { openSession, type Visitor } from './enter.ts'
import { cannotJoin, invitationExpired } from './failures.ts'
import { mailColleagueJoined } from './mails.ts'
import { readToken, redeemToken, revokeTokens } from './one-time-token.ts'
import { hashPassword } from './password-hash.ts'
import { findByEmail, lockEmail, memberRoleOf, personOf, setPassword, viewAccount } from './people.ts'
import { personNames } from './staff.ts'
import type { AccountTables } from './tables.ts'
import { markVerified } from './verify-email.ts'

/** What the page of an invitation shows. A link that was used, withdrawn, has expired or never was answers link-expired. */
export async function readInvitation(platform: Platform, token: string, account: Account | null) {
  const invitation = await findByToken(platform, token)
  const { company_id, inviter_id, email, name, role, expires_at } = invitation
  const names = await personNames(platform.database, [inviter_id])
  return {
    company: (await companyName(platform.database, company_id)) ?? '',
    email,
    name,
    role,
    invitedBy: names.get(inviter_id) ?? '',
    expiresAt: expires_at.toISOString(),
    standing: await standing(platform, invitation, account),
  }
}

interface Newcomer {
  token: string
  name: string
  password: string
  language: Language
  visitor: Visitor
}

/**
 * Somebody without an account joins: he has read mail at the address, so it is confirmed by this, and he is signed in. An account that
 * nobody ever confirmed becomes his: whoever made it did not read mail there.
 */
export async function joinAsNewcomer(
  platform: Platform,
  { token, name, password, language, visitor }: Newcomer,
): Promise<{ account: AccountView; cookies: string[] }> {
  const { email, company_id } = await findByToken(platform, token)
  const company = await companyName(platform.database, company_id)
  await demandGoodPassword(platform, password, { email, name, companyName: company })
  const accountId = await platform.database.transaction(async () => {
    await lockEmail(platform, email)
    const invitation = await spend(platform, token)
    const found = await standing(platform, invitation, null)
    if (found !== 'newcomer') throw cannotJoin(found)
    const accountId = await writeNewcomer(platform, { name, email, password, language })
    await join(platform, invitation, accountId, null)
    await platform.record('customer.signed-up', { accountId, companyId: company_id })
    await markVerified(platform, accountId)
    return accountId
  })
  return openSession(platform, { accountId, by: ['invitation'], remember: true, visitor })
}

/**
 * Who is signed in joins. His company of one ends, and what was saved and asked in it moves with him: other features hear of it by
 * colleague.joined.
 */
export async function joinCompany(platform: Platform, account: Account, token: string): Promise<CompanyView> {
  const { email } = await findByToken(platform, token)
  return platform.database.transaction(async () => {
    await lockEmail(platform, email)
    const invitation = await spend(platform, token)
    const found = await standing(platform, invitation, account)
    if (found !== 'moves') throw cannotJoin(found)
    const own = await companyOf(platform.database, account.id)
    await join(platform, invitation, account.id, own?.id ?? null)
    return getCompany(platform, invitation.company_id)
  })
}

type Invitation = Awaited<ReturnType<typeof findByToken>>

async function findByToken(platform: Platform, token: string) {
  const id = await readToken(platform, 'join-company', token)
  const db = platform.database.db<AccountTables>()
  const row = id ? await db.selectFrom('company_invitation').selectAll().where('id', '=', id).executeTakeFirst() : undefined
  if (!row) throw invitationExpired()
  return openFields(platform.vault, 'company_invitation', row, ['email'])
}

/** Of two who accept at once one finds it spent. What fails afterwards gives it back with the transaction. */
async function spend(platform: Platform, token: string): Promise<Invitation> {
  const id = await redeemToken(platform, 'join-company', token)
  const db = platform.database.db<AccountTables>()
  const row = id ? await db.deleteFrom('company_invitation').where('id', '=', id).returningAll().executeTakeFirst() : undefined
  if (!row) throw invitationExpired()
  return openFields(platform.vault, 'company_invitation', row, ['email'])
}

async function standing(platform: Platform, invitation: Invitation, account: Account | null): Promise<Standing> {
  const known = await findByEmail(platform, invitation.email)
  return standingOf({
    invitation: { email: invitation.email, companyId: invitation.company_id },
    reader: account && { ...account, company: await companyOf(platform.database, account.id) },
    owner: known && (known.kind === 'staff' || known.email_verified) ? known.kind : null,
  })
}

interface NewPerson {
  name: string
  email: string
  password: string
  language: Language
}

async function writeNewcomer(platform: Platform, { name, email, password, language }: NewPerson): Promise<string> {
  const { internalAdapter } = await accountLibrary(platform).$context
  const known = await findByEmail(platform, email)
  const { id } =
    known ??
    (await internalAdapter.createUser({ name, email, language, kind: 'customer', emailVerified: false }, { method: 'admin' }))
  if (known) {
    await revokeTokens(platform, id)
    await internalAdapter.updateUser(id, { name, language })
    await leaveCompany(platform, id)
  }
  await setPassword(platform, id, await hashPassword(password))
  return id
}

/** from: the company of one he brings with him */
async function join(platform: Platform, invitation: Invitation, accountId: string, from: string | null): Promise<void> {
  const { company_id: companyId, role, inviter_id: invitedBy } = invitation
  await revokeAllApiKeys(platform, accountId) // whatever he gave them, he gave for his own
  await leaveCompany(platform, accountId)
  await platform.database
    .db<AccountTables>()
    .insertInto('company_member')
    .values({
      id: platform.newId(),
      company_id: companyId,
      person_id: accountId,
      role: memberRoleOf(role),
      created_at: platform.now(),
    })
    .execute()
  await platform.record('colleague.joined', { accountId, companyId, from, invitedBy })
  await platform.audit.write({
    action: 'colleague.joined',
    target: { kind: 'company', id: companyId },
    facts: { accountId, role, from, invitedBy },
  })
  await tellInviter(platform, invitation, accountId)
}

/** Takes somebody out of whatever he was in; a company that is empty then goes. */
async function leaveCompany({ database }: Platform, accountId: string): Promise<void> {
  const db = database.db<AccountTables>()
  const left = await db.deleteFrom('company_member').where('person_id', '=', accountId).returning('company_id').execute()
  if (left.length === 0) return
  await db
    .deleteFrom('company')
    .where(
      'id',
      'in',
      left.map(({ company_id }) => company_id),
    )
    .where(({ not, exists, selectFrom }) =>
      not(exists(selectFrom('company_member').select('id').whereRef('company_id', '=', 'company.id'))),
    )
    .execute()
}

async function tellInviter(platform: Platform, { inviter_id, company_id }: Invitation, accountId: string): Promise<void> {
  if (!(await personOf(platform, inviter_id))) return
  const inviter = await viewAccount(platform, inviter_id)
  const { name: who } = await viewAccount(platform, accountId)
  const company = await companyName(platform.database, company_id)
  const { email: to, name, language, kind } = inviter
  const path = kind === 'staff' ? `/console/companies/${company_id}` : '/account/company'
  await mailColleagueJoined(platform, { to, name, language, who, company: company ?? '', path })
}
