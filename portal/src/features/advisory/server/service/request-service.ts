import { noSuchDevice, typedDevices, visibleIntervals } from '#features/devices/server'
import type { Language, LocalizedText } from '#platform/core'
import { type Account, notFound, type Platform, sealFields } from '#platform/server'
import type { RequestFields } from '../../core/index.ts'
import { adviceOfType, plans } from '../maintenance/plan.ts'
import type { ServiceTables } from '../tables.ts'

/**
 * Asks the manufacturer for service on a machine in the name of the account's company, which holds a role towards it now; 404 for everybody
 * else. Answers the id of the request. The small door that a ticket system will take over.
 */
export async function requestService(
  platform: Platform,
  { account, language, deviceId, fields }: { account: Account; language: Language; deviceId: string; fields: RequestFields },
): Promise<string> {
  const { database, vault } = platform
  const present = (await visibleIntervals(platform, account, deviceId)).some(({ until }) => until === null)
  const { companyId } = account
  if (!present || companyId === null) throw noSuchDevice()
  const about = await nameOf(platform, deviceId, fields)
  return database.transaction(async () => {
    const [id, now] = [platform.newId(), platform.now()]
    await database
      .db<ServiceTables>()
      .insertInto('service_request')
      .values({
        ...{ id, device_id: deviceId, company_id: companyId, account_id: account.id, language },
        ...{ subject: fields.subject, about_key: fields.about, wished_on: fields.wishedOn },
        ...{ about_zh: about?.['zh-CN'] ?? null, about_en: about?.en ?? null },
        ...(await sealFields(vault, 'service_request', { description: fields.description, result: '' })),
        ...{ status: 'submitted', assignee_id: null, visit_at: null, parts: '[]', revision: 1 },
        ...{ created_at: now, updated_at: now, closed_at: null },
      })
      .execute()
    await platform.record('service.requested', { requestId: id, deviceId, companyId })
    await platform.live.publish('service', id)
    return id
  })
}

const noSuchSubject = () => notFound({ 'zh-CN': '保养项目或建议', en: 'maintenance task or advice' })

/** How what it is about is called. 404 for what the plan of the machine's type does not have. */
async function nameOf({ database }: Platform, deviceId: string, fields: RequestFields): Promise<LocalizedText | null> {
  if (fields.subject === 'free') return null
  const [device] = await typedDevices(database, { ids: [deviceId] })
  if (!device) throw noSuchSubject()
  if (fields.subject === 'maintenance') {
    const task = (await plans(database)).get(device.typeId)?.find(({ key }) => key === fields.about)
    if (task) return task.name
  } else {
    const rule = (await adviceOfType(database, device.typeId)).find(({ key }) => key === fields.about)
    if (rule) return rule.action
  }
  throw noSuchSubject()
}
