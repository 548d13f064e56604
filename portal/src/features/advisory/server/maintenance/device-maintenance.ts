import { isVisible } from '#features/devices/core'
import { componentsOfDevices, demandVisible, typedDevices } from '#features/devices/server'
import { readManufacturer } from '#features/manufacturer/server'
import { dayIn } from '#features/offers/core'
import type { Platform } from '#platform/server'
import type { DeviceMaintenance } from '../../core/index.ts'
import { serviceRequestsOf } from '../service/service-history.ts'
import { type Advisers, advise } from './advise.ts'
import { plans } from './plan.ts'
import { recordsOf } from './records.ts'
import { type Standing, standings } from './standing.ts'

/** What is due on a machine and what was done, in the times the account may see. 404 where nothing of the machine is its. */
export async function deviceMaintenance(
  platform: Platform,
  advisers: Advisers,
  deviceId: string,
): Promise<Omit<DeviceMaintenance, 'adviceOpen'>> {
  const { account, signalsOf } = advisers
  const spans = await demandVisible(platform, account, [deviceId])
  const { timeZone } = await readManufacturer(platform.database)
  const today = dayIn(platform.now(), timeZone)
  const [device] = await typedDevices(platform.database, { ids: [deviceId] })
  const standing = device
    ? await standings(platform, signalsOf, [{ device, spans }], { plans: await plans(platform.database), today })
    : new Map<string, Standing[]>()
  const records = (await recordsOf(platform, deviceId)).filter(({ done_at }) => isVisible(done_at, spans))
  return {
    tasks: (standing.get(deviceId) ?? []).map(({ task }) => task),
    records: records.map(row => ({
      id: row.id,
      task: { 'zh-CN': row.name_zh, en: row.name_en },
      on: row.on,
      counter: row.counter,
      unit: row.unit,
      performedBy: row.performed_by,
      note: row.note,
      by: row.company_id === null ? 'manufacturer' : row.company_id === account?.companyId ? 'own' : 'other',
    })),
    advice: device ? await advise(platform, advisers, device, spans) : [],
    visits: await serviceRequestsOf(platform, deviceId, spans),
    withheld: !spans.some(({ until }) => until === null),
    components: (await componentsOfDevices(platform.database, [deviceId])).get(deviceId) ?? [],
    today,
  }
}
