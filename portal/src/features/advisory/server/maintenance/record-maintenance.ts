import { isVisible } from '#features/devices/core'
import { demandVisible, metricsOfDevices, replaceComponent, typedDevices } from '#features/devices/server'
import { readManufacturer } from '#features/manufacturer/server'
import { dayIn, endOfDay } from '#features/offers/core'
import { latestReadings } from '#features/telemetry/server'
import { type Account, invalid, notFound, type Platform, sealFields } from '#platform/server'
import type { DoneFields } from '../../core/index.ts'
import type { AdvisoryTables } from '../tables.ts'
import { plans } from './plan.ts'

/** on: today, unless said */
type DoneNow = Partial<DoneFields> & Pick<DoneFields, 'task'>

/**
 * Writes down that a task was done. 404 where the machine is none of the account's; refuses a day that is yet to come, or lies in a time of
 * the machine that the account may not see: it would write what it could not read.
 */
export async function recordMaintenance(
  platform: Platform,
  account: Account,
  deviceId: string,
  { on, ...fields }: DoneNow,
): Promise<void> {
  const { database, vault } = platform
  const spans = await demandVisible(platform, account, [deviceId])
  const now = platform.now()
  const { timeZone } = await readManufacturer(database)
  const today = dayIn(now, timeZone)
  const day = on ?? today
  if (day > today) throw invalid([{ field: '/on', value: day, ...toCome }])
  const doneAt = new Date(Math.min(endOfDay(day, timeZone).getTime() - 1, now.getTime()))
  if (!isVisible(doneAt, spans)) throw invalid([{ field: '/on', value: day, ...notYours }])
  const [device] = await typedDevices(database, { ids: [deviceId] })
  const task = device && (await plans(database)).get(device.typeId)?.find(({ key }) => key === fields.task)
  if (!task) throw notFound({ 'zh-CN': '保养项目', en: 'maintenance task' })
  const metric = (await metricsOfDevices(database, [deviceId])).get(deviceId)?.find(({ key }) => key === task.counter?.metric)
  const said = metric && day === today ? (await latestReadings(platform, [deviceId])).get(deviceId)?.get(metric.key) : null
  await database.transaction(async () => {
    const id = platform.newId()
    await database
      .db<AdvisoryTables>()
      .insertInto('maintenance_record')
      .values({
        ...{ id, device_id: deviceId, task_key: task.key, name_zh: task.name['zh-CN'], name_en: task.name.en },
        ...{ done_on: day, done_at: doneAt, recorded_at: now, company_id: account.companyId, account_id: account.id },
        counter: metric ? (fields.counter ?? said?.value ?? null) : null,
        unit: metric?.unit ?? '',
        ...(await sealFields(vault, 'maintenance_record', {
          performed_by: fields.performedBy || account.name,
          note: fields.note ?? '',
        })),
      })
      .execute()
    if (fields.replaced) await replaceComponent(platform, account, deviceId, { ...fields.replaced, on: day, runHours: null })
    if (account.kind === 'staff')
      await platform.audit.write({
        action: 'maintenance.recorded',
        target: { kind: 'device', id: deviceId },
        after: { task: task.key, on: day },
      })
  })
}

const toCome = {
  message: { 'zh-CN': '日期在将来。', en: 'This day is yet to come.' },
  remedy: { 'zh-CN': '请填写完成保养的日期。', en: 'Give the day on which it was done.' },
}
const notYours = {
  message: { 'zh-CN': '当时这台机器的数据不向您开放。', en: 'What happened to the machine then is not for you to see.' },
  remedy: { 'zh-CN': '请填写您可以看到的时间内的日期。', en: 'Give a day since the machine is yours.' },
}
