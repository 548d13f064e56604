import { type Account, conflict, notFound, type Platform } from '#platform/server'
import { type AccountView, permissionsBy } from '../core/index.ts'
import { findSubordinate } from './find-subordinate.ts'
import type { AccountTables } from './tables.ts'

type CompanyRow = AccountTables['company']

/** The company, for whoever looks after it: staff who manage companies, and its own administrators. Not found for anybody else. */
export async function findManagedCompany(platform: Platform, actor: Account, companyId: string): Promise<CompanyRow> {
  const may = (permission: string) => (permissionsBy(actor) as string[]).includes(permission)
  const his = may('company.manage') || (may('company.manage-own') && actor.companyId === companyId)
  const row = his && (await companies(platform).where('id', '=', companyId).executeTakeFirst())
  if (!row) throw noCompany()
  return row
}

/**
 * The same, held until the transaction ends: one change of a company's people at a time, so that two administrators cannot take each
 * other's role at once. Who lost his role while he waited is refused like a stranger.
 */
export async function holdCompany(platform: Platform, actor: Account, companyId: string): Promise<CompanyRow> {
  await findManagedCompany(platform, actor, companyId)
  const row = await companies(platform).where('id', '=', companyId).forUpdate().executeTakeFirst()
  if (!row || (actor.kind === 'customer' && !(await isAdministrator(platform, actor.id, companyId)))) throw noCompany()
  return row
}

/** Somebody of a company whom the actor may act on, with his company held. Not found where he belongs to none. */
export async function holdColleague(
  platform: Platform,
  actor: Account,
  accountId: string,
): Promise<{ person: AccountView; company: CompanyRow }> {
  const { companyId } = await findSubordinate(platform, actor, accountId)
  if (companyId === null) throw notFound({ 'zh-CN': '账户', en: 'account' })
  const company = await holdCompany(platform, actor, companyId)
  const person = await findSubordinate(platform, actor, accountId) // as he is now that nobody else acts on him
  if (person.companyId !== companyId) throw notFound({ 'zh-CN': '账户', en: 'account' })
  return { person, company }
}

/** The other people of somebody's company. */
export const colleaguesOf = ({ database }: Platform, { id, companyId }: AccountView) =>
  database
    .db<AccountTables>()
    .selectFrom('company_member')
    .innerJoin('person', 'person.id', 'company_member.person_id')
    .select(['person.id', 'company_member.role', 'person.deactivated_at'])
    .where('company_id', '=', companyId)
    .where('person.id', '!=', id)
    .execute()

/** A company with people in it keeps somebody who looks after them. Needs the company held. */
export async function demandAnotherCompanyAdmin(platform: Platform, person: AccountView): Promise<void> {
  const others = await colleaguesOf(platform, person)
  if (others.some(({ role, deactivated_at }) => role !== 'member' && deactivated_at === null)) return
  throw conflict(
    'last-company-admin',
    { 'zh-CN': '这是该公司最后一位管理员。', en: 'This is the last administrator of the company.' },
    { 'zh-CN': '请先任命另一位公司管理员。', en: 'Make somebody else an administrator of the company first.' },
  )
}

async function isAdministrator({ database }: Platform, accountId: string, companyId: string): Promise<boolean> {
  const row = await database
    .db<AccountTables>()
    .selectFrom('company_member')
    .select('role')
    .where('company_id', '=', companyId)
    .where('person_id', '=', accountId)
    .executeTakeFirst()
  return row !== undefined && row.role !== 'member'
}

const companies = ({ database }: Platform) => database.db<AccountTables>().selectFrom('company').selectAll()

const noCompany = () => notFound({ 'zh-CN': '公司', en: 'company' })
