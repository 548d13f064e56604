import type { Listener, Platform } from '#platform/server'
import { endAlarms } from './end-alarms.ts'
import { endMaintenance, type Leaving } from './maintenance.ts'
import { tellOfRules } from './rules/tell-of-rules.ts'
import type { AlarmTables } from './tables.ts'

/**
 * Rules of an owner end with his ownership, so does his maintenance, and so does every open alarm: what still holds is raised anew, for the new
 * owner. What is his already, since he was quicker than this, stays.
 */
export const followOwner: Listener<'device.changed-hands'> = {
  name: 'alarms.follow-owner',
  async handle({ data: { deviceId }, at }, platform) {
    await platform.database.transaction(async () => {
      await endAlarms(platform, { deviceId, before: new Date(at) })
      await endRules(platform, { deviceId, companyId: null, before: new Date(at) })
      await endMaintenance(platform, { deviceId, companyId: null, before: new Date(at) })
    })
  },
}

/** Rules and maintenance of an operator or service partner end with his role. */
export const followRole: Listener<'device.role-changed'> = {
  name: 'alarms.follow-role',
  async handle({ data: { deviceId, companyId, held }, at }, platform) {
    if (held) return
    await platform.database.transaction(async () => {
      await endRules(platform, { deviceId, companyId, before: new Date(at) })
      await endMaintenance(platform, { deviceId, companyId, before: new Date(at) })
    })
  },
}

async function endRules(platform: Platform, { deviceId, companyId, before }: Leaving): Promise<void> {
  let rules = platform.database
    .db<AlarmTables>()
    .deleteFrom('alarm_rule')
    .where('device_id', '=', deviceId)
    .where('created_at', '<', before)
  rules = companyId === null ? rules.where('company_id', 'is not', null) : rules.where('company_id', '=', companyId)
  for (const { id } of await rules.returning('id').execute()) await endAlarms(platform, { source: `rule:${id}` })
  await tellOfRules(platform, deviceId)
}
