import { companyNames } from '#features/accounts/server'
import { dayIn } from '#features/figures/core'
import { readManufacturer } from '#features/manufacturer/server'
import { changedMeanwhile, conflict, invalid, type Platform } from '#platform/server'
import { endCodes } from '../claims/codes.ts'
import { revokeOfOwners } from '../credentials/revoke.ts'
import { noSuchDevice } from '../read-devices.ts'
import type { DeviceTables } from '../tables.ts'
import { tellOfRights } from '../tell.ts'
import { isNow, type KeptHolding, ownerAmong, readHoldings } from './read-holdings.ts'

/**
 * Up to when a machine has reported already, by its own clock, which may be ahead of ours; null: nothing of its lies ahead. What the portal
 * hands in, for readings are kept by others.
 */
export type SpokenUntil = (platform: Platform, deviceId: string) => Promise<Date | null>

/** Takes a machine for a change, in the ambient transaction, with whoever holds it. 404 where there is none. */
export async function lockDevice({ database }: Platform, deviceId: string) {
  const row = await database
    .db<DeviceTables>()
    .selectFrom('device')
    .select(['id', 'revision', 'serial', 'model'])
    .where('id', '=', deviceId)
    .forUpdate()
    .executeTakeFirst()
  if (!row) throw noSuchDevice()
  return { ...row, holdings: await readHoldings(database, [deviceId]) }
}

/**
 * Makes a company the owner of a locked machine, or nobody, at one instant: every role of before ends at it, the new owner begins at it. That is
 * now, or as soon as what the machine has said already is over. Codes that were given away and credentials that owners made hold no more.
 * to null: nobody. Answers who owned it.
 */
export async function handOver(
  platform: Platform,
  spokenUntil: SpokenUntil,
  { id: deviceId, holdings }: { id: string; holdings: readonly KeptHolding[] },
  { to, how }: { to: string | null; how: 'label' | 'code' | 'staff' },
): Promise<string | null> {
  const { database } = platform
  const before = ownerAmong(holdings)?.companyId ?? null
  const db = database.db<DeviceTables>()
  const at = instantAfter(platform.now(), holdings, await spokenUntil(platform, deviceId))
  const day = dayIn(at, (await readManufacturer(database)).timeZone)
  const ended = holdings.filter(isNow).map(({ id }) => id)
  if (ended.length > 0)
    await db.updateTable('device_ownership').set({ until_at: at, until_day: day }).where('id', 'in', ended).execute()
  if (to !== null)
    await db
      .insertInto('device_ownership')
      .values({
        ...{ id: platform.newId(), device_id: deviceId, company_id: to, role: 'owner' },
        ...{ from_at: at, from_day: day, until_at: null, until_day: null },
      })
      .execute()
  await db
    .updateTable('device')
    // where the owner of before had it, and what he calls it, is his own
    .set(eb => ({ revision: eb('revision', '+', 1), ...(before === null ? {} : { site: null, asset_id: null }) }))
    .where('id', '=', deviceId)
    .execute()
  await endCodes(platform, { deviceId })
  await revokeOfOwners(platform, deviceId)
  await platform.record('device.changed-hands', { deviceId, fromCompanyId: before, toCompanyId: to, how })
  await tellOfRights(platform, deviceId)
  return before
}

/**
 * Now, or the latest instant that stands there: where the clock was set back, no two owners share a time, and what a machine whose clock is
 * ahead has said stays with whom it was said.
 */
const instantAfter = (now: Date, holdings: readonly KeptHolding[], said: Date | null): Date =>
  new Date(
    Math.max(
      now.getTime(),
      (said?.getTime() ?? 0) + 1,
      ...holdings.flatMap(({ from, until }) => [from?.getTime() ?? 0, until?.getTime() ?? 0]),
    ),
  )

/** Staff make a company the owner, or nobody. 412 where the machine changed meanwhile. */
export async function transferDevice(
  platform: Platform,
  spokenUntil: SpokenUntil,
  { deviceId, companyId, reason, revision }: { deviceId: string; companyId: string | null; reason: string; revision: string },
): Promise<void> {
  const { database } = platform
  await database.transaction(async () => {
    const device = await lockDevice(platform, deviceId)
    if (String(device.revision) !== revision) throw changedMeanwhile()
    if (companyId !== null && !(await companyNames(database, [companyId])).has(companyId)) throw noSuchCompany(companyId)
    if ((ownerAmong(device.holdings)?.companyId ?? null) === companyId) throw ownedAlready(companyId)
    const before = await handOver(platform, spokenUntil, device, { to: companyId, how: 'staff' })
    await platform.audit.write({
      action: 'device.transferred',
      target: { kind: 'device', id: deviceId },
      before: { companyId: before },
      after: { companyId },
      reason,
    })
  })
}

export const noSuchCompany = (id: string) =>
  invalid([
    {
      field: '/companyId',
      value: id,
      message: { 'zh-CN': '没有这家公司。', en: 'There is no such company.' },
      remedy: { 'zh-CN': '请搜索并选择一家公司。', en: 'Search for a company and choose it.' },
    },
  ])

const ownedAlready = (companyId: string | null) =>
  companyId === null
    ? conflict('device-without-owner', { 'zh-CN': '这台机器没有所有者。', en: 'Nobody owns this machine.' })
    : invalid([
        {
          field: '/companyId',
          value: companyId,
          message: { 'zh-CN': '这家公司已是所有者。', en: 'This company owns the machine already.' },
          remedy: { 'zh-CN': '请选择另一家公司。', en: 'Choose another company.' },
        },
      ])
