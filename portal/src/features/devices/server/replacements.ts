import { sql } from 'kysely'
import { readManufacturer } from '#features/manufacturer/server'
import { dayIn, endOfDay } from '#features/offers/core'
import { type Account, conflict, invalid, type Platform } from '#platform/server'
import { isVisible, type Replacement, type ReplacementFields, type ReplacementReason } from '../core/index.ts'
import { demandVisible } from './holdings/demand-visible.ts'
import type { DeviceTables } from './tables.ts'
import { componentsInMachines } from './types/parts-of-types.ts'

/** What was replaced at a machine in the times the account may see, latest first. 404 where nothing of the machine is its. */
export async function readReplacements(
  platform: Platform,
  account: Account | null,
  deviceId: string,
): Promise<{ items: Replacement[] }> {
  const spans = await demandVisible(platform, account, [deviceId])
  const [components, rows] = await Promise.all([
    componentsInMachines(platform.database, [deviceId]),
    platform.database
      .db<DeviceTables>()
      .selectFrom('component_replacement')
      .select(['id', 'component', 'why', 'run_hours', 'replaced_at', sql<string>`replaced_on::text`.as('on')])
      .where('device_id', '=', deviceId)
      .orderBy('replaced_at', 'desc')
      .limit(200)
      .execute(),
  ])
  const named = (key: string) => components.find(one => one.key === key)?.name ?? { 'zh-CN': key, en: key }
  return {
    items: rows
      .filter(row => isVisible(row.replaced_at, spans))
      .map(row => ({
        ...{ id: row.id, on: row.on, why: row.why, runHours: row.run_hours },
        component: { key: row.component, name: named(row.component) },
      })),
  }
}

/** Components of machines that were replaced in a time, for the portal's own work: whoever shows them asks `visibleIntervals` about `at`. */
export async function replacementsOf(
  { database }: Platform,
  deviceIds: readonly string[],
  { from, until }: { from: Date; until: Date },
): Promise<{ deviceId: string; component: string; at: Date; why: ReplacementReason }[]> {
  if (deviceIds.length === 0) return []
  return database
    .db<DeviceTables>()
    .selectFrom('component_replacement')
    .select(['device_id as deviceId', 'component', 'replaced_at as at', 'why'])
    .where('device_id', 'in', deviceIds)
    .where('replaced_at', '>=', from)
    .where('replaced_at', '<', until)
    .execute()
}

/**
 * Writes down that a component was replaced, in the ambient transaction or one of its own. Its age counts from that day. 404 where the machine is none of the account's;
 * refuses a day that is yet to come, or of a time the account may not see.
 */
export async function replaceComponent(
  platform: Platform,
  account: Account,
  deviceId: string,
  { component: key, on, why, runHours }: ReplacementFields,
): Promise<void> {
  const { database } = platform
  const spans = await demandVisible(platform, account, [deviceId])
  const { timeZone } = await readManufacturer(database)
  const now = platform.now()
  const at = new Date(Math.min(endOfDay(on, timeZone).getTime() - 1, now.getTime()))
  if (on > dayIn(now, timeZone)) throw invalid([{ field: '/on', value: on, ...toCome }])
  if (!isVisible(at, spans)) throw invalid([{ field: '/on', value: on, ...notYours }])
  const component = (await componentsInMachines(database, [deviceId])).find(one => one.key === key)
  if (!component) throw invalid([{ field: '/component', value: key, ...noComponent }])
  await database.transaction(async () => {
    const db = database.db<DeviceTables>()
    const id = platform.newId()
    const { numInsertedOrUpdatedRows } = await db
      .insertInto('component_replacement')
      .values({
        ...{ id, device_id: deviceId, component: key, replaced_on: on, replaced_at: at, why, run_hours: runHours },
        ...{ company_id: account.companyId, account_id: account.id, recorded_at: now },
      })
      .onConflict(clash => clash.doNothing())
      .executeTakeFirst()
    if (numInsertedOrUpdatedRows === 0n) throw known()
    await db
      .insertInto('device_component')
      .values({ device_id: deviceId, key, installed_on: on })
      .onConflict(clash =>
        clash
          .columns(['device_id', 'key'])
          .doUpdateSet({ installed_on: sql`greatest(device_component.installed_on, ${on}::date)` }),
      )
      .execute()
    await platform.record('device.component-replaced', {
      ...{ deviceId, replacementId: id, component: key, why, at: at.toISOString(), since: component.since },
    })
    if (account.kind === 'staff')
      await platform.audit.write({
        action: 'component.replaced',
        target: { kind: 'device', id: deviceId },
        after: { component: key, on, why },
      })
    await platform.live.publish('devices', deviceId)
  })
}

const known = () =>
  conflict('replacement-known', {
    'zh-CN': '这个部件在这一天的更换已有记录。',
    en: 'That this component was replaced on that day is written down already.',
  })

const toCome = {
  message: { 'zh-CN': '日期在将来。', en: 'This day is yet to come.' },
  remedy: { 'zh-CN': '请填写更换的日期。', en: 'Give the day on which it was replaced.' },
}
const notYours = {
  message: { 'zh-CN': '当时这台机器的数据不向您开放。', en: 'What happened to the machine then is not for you to see.' },
  remedy: { 'zh-CN': '请填写您可以看到的时间内的日期。', en: 'Give a day of a time that you may see.' },
}
const noComponent = {
  message: { 'zh-CN': '这个机型没有这个部件。', en: 'This type has no such component.' },
  remedy: { 'zh-CN': '请选择机型中的部件。', en: 'Choose a component of the type.' },
}
