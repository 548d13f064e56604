import { type Account, conflict, type Listener, notFound, type Platform } from '#platform/server'
import { beginOf, type Ending, isInForce, mayEnd, monthsLater, statusOf } from '../core/index.ts'
import { type EntitlementRow, timesOf } from './open-rights.ts'
import type { PackageTables } from './tables.ts'

const noSuchEntitlement = () => notFound({ 'zh-CN': '服务权益', en: 'entitlement' })

/**
 * Grants what was asked for, by staff: for the months that were asked for, from now or behind what of the same package is in force. 404 where there
 * is no such entitlement, 409 where it is not waiting.
 */
export async function grantEntitlement(platform: Platform, account: Account, entitlementId: string): Promise<void> {
  const { database } = platform
  await database.transaction(async () => {
    const db = database.db<PackageTables>()
    const row = await lockEntitlement(platform, entitlementId)
    const now = platform.now()
    if (statusOf(timesOf(row), now) !== 'requested') throw moved()
    const others = await db
      .selectFrom('entitlement')
      .selectAll()
      .where('device_id', '=', row.device_id)
      .where('company_id', '=', row.company_id)
      .where('package_id', '=', row.package_id)
      .where('ended_at', 'is', null)
      .where('until_at', '>', now)
      .execute()
    const from = beginOf(
      now,
      others.map(({ until_at }) => until_at!),
    )
    const times = { granted_at: now, granted_by: account.id, from_at: from, until_at: monthsLater(from, row.months) }
    await db.updateTable('entitlement').set(times).where('id', '=', row.id).execute()
    await platform.audit.write({
      action: 'entitlement.granted',
      target: { kind: 'entitlement', id: row.id },
      after: { deviceId: row.device_id, companyId: row.company_id, from, until: times.until_at },
    })
    const { device_id: deviceId, company_id: companyId, kind } = row
    await platform.record('entitlement.granted', { entitlementId, deviceId, companyId, kind })
  })
}

/** Declines what was asked for, or takes back what was granted, by staff. 404 where there is none, 409 where it is over. */
export async function endByStaff(platform: Platform, entitlementId: string): Promise<void> {
  await platform.database.transaction(async () => {
    const row = await lockEntitlement(platform, entitlementId)
    const ending = row.granted_at === null ? 'declined' : 'taken-back'
    await end(platform, row, ending)
    await platform.audit.write({ action: 'entitlement.ended', target: { kind: 'entitlement', id: row.id }, after: { ending } })
  })
}

/** Takes back what the account's company has asked for; 404 for what is not its. Answers the machine's id. */
export async function withdrawRequest(platform: Platform, account: Account, entitlementId: string): Promise<string> {
  return platform.database.transaction(async () => {
    const row = await lockEntitlement(platform, entitlementId)
    if (row.company_id !== account.companyId) throw noSuchEntitlement()
    if (row.granted_at !== null) throw moved()
    await end(platform, row, 'withdrawn')
    return row.device_id
  })
}

/** What was asked for and granted is for the machine's owner: with the machine it goes from him, and does not go over. */
export const endWithOwnership: Listener<'device.changed-hands'> = {
  name: 'packages.end-with-ownership',
  async handle({ data: { deviceId, fromCompanyId } }, platform) {
    if (!fromCompanyId) return
    const rows = await platform.database
      .db<PackageTables>()
      .selectFrom('entitlement')
      .selectAll()
      .where('device_id', '=', deviceId)
      .where('company_id', '=', fromCompanyId)
      .where('ended_at', 'is', null)
      .forUpdate()
      .execute()
    for (const row of rows) if (mayEnd(statusOf(timesOf(row), platform.now()))) await end(platform, row, 'sold')
  },
}

async function lockEntitlement({ database }: Platform, id: string): Promise<EntitlementRow> {
  const row = await database
    .db<PackageTables>()
    .selectFrom('entitlement')
    .selectAll()
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  if (!row) throw noSuchEntitlement()
  return row
}

async function end(platform: Platform, row: EntitlementRow, ending: Ending): Promise<void> {
  const now = platform.now()
  const status = statusOf(timesOf(row), now)
  if (!mayEnd(status)) throw moved()
  await platform.database
    .db<PackageTables>()
    .updateTable('entitlement')
    .set({ ended_at: now, ending })
    .where('id', '=', row.id)
    .execute()
  const { id: entitlementId, device_id: deviceId, company_id: companyId } = row
  await platform.record('entitlement.ended', { entitlementId, deviceId, companyId, ending, wasInForce: isInForce(status) })
}

const moved = () =>
  conflict('entitlement-moved', {
    'zh-CN': '这项权益的状态已经改变，不能这样处理。请重新加载。',
    en: 'The entitlement has moved on, and this cannot be done with it any more. Load it again.',
  })
