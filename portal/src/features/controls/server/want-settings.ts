import { sql } from 'kysely'
import { type Controller, type ControlValue, refusalOf } from '#features/devices/core'
import { type Account, type ConfirmedAct, invalid, type LocalizedFieldError, notFound, type Platform } from '#platform/server'
import { mayControl, type SettingsChange } from '../core/index.ts'
import { noSuchValue } from './refused-values.ts'
import { type Standing, standingOf } from './standing.ts'
import type { ControlTables } from './tables.ts'
import { sendSettings } from './tell-machine.ts'
import { tellPages } from './tell-pages.ts'

/** What has to be confirmed of a change: null where nothing of it may do harm. */
export async function describeSettings(
  platform: Platform,
  account: Account,
  deviceId: string,
  change: SettingsChange,
): Promise<ConfirmedAct | null> {
  const { controls } = demandRight(await standingOf(platform, account, deviceId), change)
  const harmful = controls.settings.filter(({ key, confirm }) => confirm && Object.hasOwn(change.values, key))
  if (harmful.length === 0) return null
  const named = (language: 'zh-CN' | 'en') =>
    harmful.map(({ key, name }) => `${name[language]} = ${change.values[key]}`).join(', ')
  return { target: deviceId, what: { 'zh-CN': `设置机器参数：${named('zh-CN')}`, en: `Set on the machine: ${named('en')}` } }
}

/** Wants values of a machine; it is told at once, and again whenever it comes back, until it answers. */
export async function wantSettings(
  platform: Platform,
  account: Account,
  deviceId: string,
  change: SettingsChange,
): Promise<void> {
  const { database } = platform
  await database.transaction(async () => {
    const db = database.db<ControlTables>()
    const standing = demandRight(await standingOf(platform, account, deviceId), change)
    await sql`select pg_advisory_xact_lock(hashtext('fettle-settings'), hashtext(${deviceId}))`.execute(db)
    const { version } = await db
      .selectFrom('setting_wish')
      .select(eb => eb.fn.coalesce(eb.fn.max('version'), sql<number>`0`).as('version'))
      .where('device_id', '=', deviceId)
      .executeTakeFirstOrThrow()
    const keys = Object.keys(change.values)
    const now = platform.now()
    await db
      .updateTable('setting_wish')
      .set(eb => ({
        in_force: false,
        outcome: eb.case().when('outcome', '=', 'waiting').then('replaced').else(eb.ref('outcome')).end() as never,
        settled_at: eb.fn.coalesce('settled_at', sql<Date>`${now}`),
      }))
      .where('device_id', '=', deviceId)
      .where('in_force', '=', true)
      .where('key', 'in', keys)
      .execute()
    await db
      .insertInto('setting_wish')
      .values(
        keys.map(key => ({
          ...{ id: platform.newId(), device_id: deviceId, version: version + 1, key, value: JSON.stringify(change.values[key]) },
          ...{ asked_as: standing.party as Controller, company_id: account.companyId, asked_by: account.id, asked_at: now },
          ...{ outcome: 'waiting' as const, reason: null, settled_at: null, told_at: null, in_force: true },
        })),
      )
      .execute()
    await platform.audit.write({
      action: 'device.settings-changed',
      target: { kind: 'device', id: deviceId },
      after: { version: version + 1, ...change.values },
    })
    await tellPages(platform, [deviceId])
    database.afterCommit(() => void sendSettings(platform, deviceId))
  })
}

/** 404 for what is not his to set, as for what is not there. */
function demandRight(standing: Standing, { values }: SettingsChange): Standing {
  const errors: LocalizedFieldError[] = []
  if (standing.party === null || Object.keys(values).length === 0) throw noSetting()
  for (const [key, value] of Object.entries(values) as [string, ControlValue][]) {
    const setting = standing.controls.settings.find(one => one.key === key)
    if (!setting || !mayControl(setting.by, standing.party)) throw noSetting()
    const refusal = refusalOf(setting, value)
    if (refusal) errors.push(noSuchValue(`/values/${key}`, setting, value, refusal))
  }
  if (errors.length > 0) throw invalid(errors)
  return standing
}

const noSetting = () => notFound({ 'zh-CN': '机器参数', en: 'setting' })
