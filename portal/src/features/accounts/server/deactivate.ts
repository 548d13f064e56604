import { type Account, type ConfirmedAct, conflict, notFound, type Platform, type RequestContext } from '#platform/server'
import { type AccountView, mayActOn, permissionsOf } from '../core/index.ts'
import { demandAnotherAdmin } from './change-staff.ts'
import { outOfReach } from './failures.ts'
import { revokeTokens } from './one-time-token.ts'
import { viewAccount } from './people.ts'
import { endSessions } from './sessions.ts'
import type { AccountTables } from './tables.ts'

/**
 * Whom this person may act on: staff for whoever manages staff, customers for staff who look after companies and for the
 * administrators of their own. Everybody else is not found; who stands too high is out of reach.
 */
export async function findSubordinate(platform: Platform, actor: Account, accountId: string): Promise<AccountView> {
  const missing = notFound({ 'zh-CN': '账户', en: 'account' })
  const target = await viewAccount(platform, accountId)
  const may = (permission: string) => (permissionsOf(actor.roles) as string[]).includes(permission)
  const his =
    target.kind === 'staff'
      ? may('staff.manage')
      : may('company.manage') || (may('company.manage-own') && actor.companyId !== null && actor.companyId === target.companyId)
  if (!his) throw missing
  if (target.id === actor.id || mayActOn(actor.roles, target.roles) === 'never') throw outOfReach()
  return target
}

export async function describeDeactivation({ platform, account }: RequestContext, accountId: string): Promise<ConfirmedAct> {
  const { id, name } = await findSubordinate(platform, account!, accountId)
  return { target: id, what: { 'zh-CN': `停用 ${name} 的账户`, en: `Deactivate the account of ${name}` } }
}

/** Ends every session, link and stream of somebody at once; from now on signing in answers him as a wrong password does. */
export async function deactivate(platform: Platform, actor: Account, accountId: string, reason: string): Promise<void> {
  await platform.database.transaction(async () => {
    const db = platform.database.db<AccountTables>()
    await db.selectFrom('staff_role').select('person_id').where('role', '=', 'admin').orderBy('person_id').forUpdate().execute()
    const target = await findSubordinate(platform, actor, accountId)
    if (target.roles.includes('admin')) await demandAnotherAdmin(platform, target.id)
    if (target.roles.includes('company-admin')) await demandAnotherCompanyAdmin(platform, target)
    const now = platform.now()
    await db.updateTable('person').set({ deactivated_at: now, updated_at: now }).where('id', '=', target.id).execute()
    await endSessions(platform, target.id)
    await revokeTokens(platform, target.id)
    await platform.record('account.deactivated', { accountId: target.id, by: actor.id })
    await platform.audit.write({ action: 'account.deactivated', target: { kind: 'account', id: target.id }, reason })
  })
}

export async function reactivate(platform: Platform, actor: Account, accountId: string): Promise<void> {
  await platform.database.transaction(async () => {
    const target = await findSubordinate(platform, actor, accountId)
    const db = platform.database.db<AccountTables>()
    await db.updateTable('person').set({ deactivated_at: null, updated_at: platform.now() }).where('id', '=', target.id).execute()
    await platform.audit.write({ action: 'account.reactivated', target: { kind: 'account', id: target.id } })
  })
}

/** A company with people in it keeps somebody who looks after them. */
async function demandAnotherCompanyAdmin(platform: Platform, { id, companyId }: AccountView): Promise<void> {
  const others = await platform.database
    .db<AccountTables>()
    .selectFrom('company_member')
    .innerJoin('person', 'person.id', 'company_member.person_id')
    .select('company_member.role')
    .where('company_id', '=', companyId!)
    .where('person.id', '!=', id)
    .where('deactivated_at', 'is', null)
    .forUpdate()
    .execute()
  if (others.length === 0 || others.some(({ role }) => role !== 'member')) return
  throw conflict(
    'last-company-admin',
    { 'zh-CN': '这是该公司最后一位管理员。', en: 'This is the last administrator of the company.' },
    { 'zh-CN': '请先任命另一位公司管理员。', en: 'Make somebody else an administrator of the company first.' },
  )
}

/** For every way of signing in. */
export async function isDeactivated({ database }: Platform, accountId: string): Promise<boolean> {
  const db = database.db<AccountTables>()
  const row = await db.selectFrom('person').select('deactivated_at').where('id', '=', accountId).executeTakeFirst()
  return Boolean(row?.deactivated_at)
}
