import type { Account, ConfirmedAct, Platform, RequestContext } from '#platform/server'
import { type CompanyRole, mayGive, roles as roleTable } from '../core/index.ts'
import { accountLibrary } from './account-library.ts'
import { revokeAllApiKeys } from './api-keys.ts'
import { companyOf } from './companies.ts'
import { colleaguesOf, demandAnotherCompanyAdmin, holdColleague } from './company-hold.ts'
import { companyOfOne, outOfReach } from './failures.ts'
import { findSubordinate } from './find-subordinate.ts'
import { mailCompanyRole, mailRemoved } from './mails.ts'
import { memberRoleOf } from './people.ts'
import { endSessions, endStreamsOf } from './sessions.ts'
import type { AccountTables } from './tables.ts'

export async function describeCompanyRole(
  { platform, account }: RequestContext,
  accountId: string,
  role: CompanyRole,
): Promise<ConfirmedAct> {
  const { id, name } = await findSubordinate(platform, account!, accountId)
  const { name: words } = roleTable[role]
  return { target: id, what: { 'zh-CN': `将 ${name} 设为${words['zh-CN']}`, en: `Change the role of ${name} to: ${words.en}` } }
}

/** Gives and takes the administrator's role, in effect with the next request of that person. A company keeps an administrator. */
export async function changeCompanyRole(
  platform: Platform,
  actor: Account,
  { accountId, role, reason }: { accountId: string; role: CompanyRole; reason: string },
): Promise<void> {
  await platform.database.transaction(async () => {
    const { person, company } = await holdColleague(platform, actor, accountId)
    if (!mayGive(actor.roles, role)) throw outOfReach()
    if (person.roles.includes(role)) return
    if (role === 'company-member') await demandAnotherCompanyAdmin(platform, person)
    await platform.database
      .db<AccountTables>()
      .updateTable('company_member')
      .set({ role: memberRoleOf(role) })
      .where('person_id', '=', person.id)
      .where('company_id', '=', company.id)
      .execute()
    await endStreamsOf(platform, person.id)
    await platform.record('company.role-changed', { accountId: person.id, companyId: company.id, role, by: actor.id })
    await platform.audit.write({
      action: 'company.role-changed',
      target: { kind: 'account', id: person.id },
      before: { roles: person.roles },
      after: { roles: [role] },
      facts: { companyId: company.id },
      reason,
    })
    await mailCompanyRole(platform, person, role, { who: actor.name, company: company.name })
  })
}

export async function describeRemoval({ platform, account }: RequestContext, accountId: string): Promise<ConfirmedAct> {
  const { id, name } = await findSubordinate(platform, account!, accountId)
  const company = (await companyOf(platform.database, id))?.name ?? ''
  return { target: id, what: { 'zh-CN': `将 ${name} 移出「${company}」`, en: `Remove ${name} from ${company}` } }
}

/**
 * Takes somebody out of his company. He keeps his account and goes on as a company of one: it is his own address, under which he may
 * have asked for his data or will be invited elsewhere, and whom to lock out altogether is another question (deactivation). What he
 * saved and asked for the company stays with it; his sessions and API keys end. The only one of a company takes it along as his company of one.
 */
export async function removeFromCompany(
  platform: Platform,
  actor: Account,
  { accountId, reason }: { accountId: string; reason: string },
): Promise<void> {
  await platform.database.transaction(async () => {
    const { person, company } = await holdColleague(platform, actor, accountId)
    if (company.sole) throw companyOfOne('remove')
    const alone = (await colleaguesOf(platform, person)).length === 0
    if (!alone && person.roles.includes('company-admin')) await demandAnotherCompanyAdmin(platform, person)
    const to = alone
      ? await becomeCompanyOfOne(platform, company.id, person)
      : await newCompanyOfOne(platform, company.id, person)
    await endSessions(platform, person.id)
    await revokeAllApiKeys(platform, person.id)
    await platform.record('colleague.removed', { accountId: person.id, companyId: company.id, to, by: actor.id })
    await platform.audit.write({
      action: 'colleague.removed',
      target: { kind: 'account', id: person.id },
      facts: { companyId: company.id, to },
      reason,
    })
    await mailRemoved(platform, person, { who: actor.name, company: company.name })
  })
}

interface Person {
  id: string
  name: string
}

/** An invitation into it would lead to a stranger's own account, so none stays open. */
async function becomeCompanyOfOne({ database }: Platform, companyId: string, { name }: Person): Promise<string> {
  const db = database.db<AccountTables>()
  await db.deleteFrom('company_invitation').where('company_id', '=', companyId).execute()
  await db
    .updateTable('company')
    .set(({ eb }) => ({ name, sole: true, revision: eb('revision', '+', 1) }))
    .where('id', '=', companyId)
    .execute()
  return companyId
}

async function newCompanyOfOne(platform: Platform, companyId: string, { id, name }: Person): Promise<string> {
  const db = platform.database.db<AccountTables>()
  await db.deleteFrom('company_member').where('person_id', '=', id).where('company_id', '=', companyId).execute()
  const { api } = accountLibrary(platform)
  const own = await api.createOrganization({ body: { name, slug: platform.newId(), sole: true, userId: id } })
  return own.id
}
