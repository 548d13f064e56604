import { companyNames } from '#features/accounts/server'
import { dayIn } from '#features/figures/core'
import { readManufacturer } from '#features/manufacturer/server'
import { conflict, invalid, notFound, type Platform } from '#platform/server'
import type { DeviceRole } from '../../core/index.ts'
import { noSuchDevice } from '../read-devices.ts'
import type { DeviceTables } from '../tables.ts'
import { tellOfRights } from '../tell.ts'
import { lockDevice, noSuchCompany } from './hand-over.ts'
import { isNow, type KeptHolding, ownerAmong } from './read-holdings.ts'

type Helper = Exclude<DeviceRole, 'owner'>

/** Staff let a company operate or look after a machine. */
export async function grantRole(
  platform: Platform,
  { deviceId, companyId, role }: { deviceId: string; companyId: string; role: Helper },
): Promise<void> {
  const { database } = platform
  await database.transaction(async () => {
    const device = await lockDevice(platform, deviceId)
    if (!ownerAmong(device.holdings)) throw withoutOwner()
    if (!(await companyNames(database, [companyId])).has(companyId)) throw noSuchCompany(companyId)
    if (device.holdings.some(holding => isNow(holding) && holding.companyId === companyId && holding.role === role))
      throw roleHeld(companyId)
    await beginRole(platform, device.id, companyId, role)
    await platform.audit.write({
      action: 'device.role-granted',
      target: { kind: 'device', id: deviceId },
      after: { companyId, role },
    })
  })
}

/** Lets a company in from now on, in the ambient transaction, the machine locked. */
export async function beginRole(platform: Platform, deviceId: string, companyId: string, role: Helper): Promise<void> {
  const { database } = platform
  const at = platform.now()
  const day = dayIn(at, (await readManufacturer(database)).timeZone)
  await database
    .db<DeviceTables>()
    .insertInto('device_ownership')
    .values({
      ...{ id: platform.newId(), device_id: deviceId, company_id: companyId, role },
      ...{ from_at: at, from_day: day, until_at: null, until_day: null },
    })
    .execute()
  await platform.record('device.role-changed', { deviceId, companyId, role, held: true })
  await tellOfRights(platform, deviceId)
}

/** Ends the role of an operator or service partner. by null: staff; else the company that owns the machine, or leaves it. 404 for others. */
export async function endRole(
  platform: Platform,
  { deviceId, roleId, by }: { deviceId: string; roleId: string; by: string | null },
): Promise<void> {
  const { database } = platform
  await database.transaction(async () => {
    const { holdings } = await lockDevice(platform, deviceId)
    const role = holdings.find(holding => holding.id === roleId && isNow(holding) && holding.role !== 'owner')
    if (by !== null && ownerAmong(holdings)?.companyId !== by && role?.companyId !== by) throw noSuchDevice()
    if (!role) throw notFound({ 'zh-CN': '角色', en: 'role' })
    await finish(platform, role)
    await platform.audit.write({
      action: 'device.role-ended',
      target: { kind: 'device', id: deviceId },
      before: { companyId: role.companyId, role: role.role },
    })
  })
}

async function finish(platform: Platform, { id, deviceId, companyId, role, from }: KeptHolding): Promise<void> {
  const { database } = platform
  const at = new Date(Math.max(platform.now().getTime(), from?.getTime() ?? 0))
  const day = dayIn(at, (await readManufacturer(database)).timeZone)
  await database
    .db<DeviceTables>()
    .updateTable('device_ownership')
    .set({ until_at: at, until_day: day })
    .where('id', '=', id)
    .execute()
  await platform.record('device.role-changed', { deviceId, companyId, role: role as Helper, held: false })
  await tellOfRights(platform, deviceId)
}

const withoutOwner = () =>
  conflict(
    'device-without-owner',
    { 'zh-CN': '这台机器没有所有者。', en: 'Nobody owns this machine.' },
    { 'zh-CN': '请先转移给一家公司，或让客户认领。', en: 'Transfer it to a company first, or let a customer claim it.' },
  )

const roleHeld = (companyId: string) =>
  invalid([
    {
      field: '/companyId',
      value: companyId,
      message: { 'zh-CN': '这家公司已有这个角色。', en: 'This company has that role already.' },
      remedy: { 'zh-CN': '请选择另一家公司。', en: 'Choose another company.' },
    },
  ])
