import type { LocalizedText } from '#platform/core'
import { type Account, type ConfirmedAct, notFound, type Platform, type RequestContext } from '#platform/server'
import { type AccountView, permissionsBy, reachOf } from '../core/index.ts'
import { outOfReach } from './failures.ts'
import { viewAccount } from './people.ts'

/**
 * Whom this person may act on: staff for whoever manages staff, customers for staff who look after companies and for the
 * administrators of their own. Everybody else is not found; who stands too high is out of reach.
 */
export async function findSubordinate(platform: Platform, actor: Account, accountId: string): Promise<AccountView> {
  const missing = notFound({ 'zh-CN': '账户', en: 'account' })
  const target = await viewAccount(platform, accountId)
  const may = (permission: string) => (permissionsBy(actor) as string[]).includes(permission)
  const his =
    target.kind === 'staff'
      ? may('staff.manage')
      : may('company.manage') || (may('company.manage-own') && actor.companyId !== null && actor.companyId === target.companyId)
  if (!his) throw missing
  if (['himself', 'never'].includes(reachOf(actor, target))) throw outOfReach()
  return target
}

/** What one administrator does to another is confirmed; with somebody below it needs nothing more. say: what it is, by his name */
export async function describeOnPeer(
  { platform, account }: RequestContext,
  accountId: string,
  say: (name: string) => LocalizedText,
): Promise<ConfirmedAct | null> {
  const target = await findSubordinate(platform, account!, accountId)
  return reachOf(account!, target) === 'freely' ? null : { target: target.id, what: say(target.name) }
}
