import type { Account, ConfirmedAct, Platform, RequestContext } from '#platform/server'
import { revokeAllApiKeys } from './api-keys.ts'
import { demandAnotherAdmin } from './change-staff.ts'
import { colleaguesOf, demandAnotherCompanyAdmin, holdColleague } from './company-hold.ts'
import { findSubordinate } from './find-subordinate.ts'
import { revokeTokens } from './one-time-token.ts'
import { endSessions } from './sessions.ts'
import type { AccountTables } from './tables.ts'

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
    if (target.companyId !== null) await demandSomebodyLeft(platform, actor, accountId)
    const now = platform.now()
    await db.updateTable('person').set({ deactivated_at: now, updated_at: now }).where('id', '=', target.id).execute()
    await endSessions(platform, target.id)
    await revokeAllApiKeys(platform, target.id)
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

/** The only one of a company may be deactivated by staff; where others are left, an administrator is among them. */
async function demandSomebodyLeft(platform: Platform, actor: Account, accountId: string): Promise<void> {
  const { person } = await holdColleague(platform, actor, accountId)
  const others = await colleaguesOf(platform, person)
  const active = others.filter(({ deactivated_at }) => deactivated_at === null)
  if (person.roles.includes('company-admin') && active.length > 0) await demandAnotherCompanyAdmin(platform, person)
}

/** For every way of signing in. */
export async function isDeactivated({ database }: Platform, accountId: string): Promise<boolean> {
  const db = database.db<AccountTables>()
  const row = await db.selectFrom('person').select('deactivated_at').where('id', '=', accountId).executeTakeFirst()
  return Boolean(row?.deactivated_at)
}
