import type { DomainEvent, EventTypes } from '#platform/core'
import type { Platform } from '#platform/server'
import { learnNoFault, type Standing } from '../core/index.ts'
import type { DiagnosisTables } from './tables.ts'

/**
 * Somebody looked at the machine of which an alarm of a finding warned. It is written at the finding; where there was no fault, what the machine
 * does now is usual from then on.
 */
export async function learnVerdict(
  { data: { alarmId, deviceId, verdict } }: DomainEvent<'alarm.judged', EventTypes['alarm.judged']>,
  platform: Platform,
): Promise<void> {
  const db = platform.database.db<DiagnosisTables>()
  const finding = await db
    .updateTable('device_finding')
    .set({ verdict })
    .where('alarm_id', '=', alarmId)
    .returning('key')
    .executeTakeFirst()
  if (!finding) return
  await platform.live.publish('device-health', deviceId)
  if (verdict === 'confirmed') return
  const row = await db
    .selectFrom('device_diagnosis')
    .select(['standing', 'revision'])
    .where('device_id', '=', deviceId)
    .forUpdate()
    .executeTakeFirst()
  if (!row?.standing) return
  const standing = JSON.parse(row.standing) as Standing
  if (!learnNoFault(standing, finding.key)) return
  await db
    .updateTable('device_diagnosis')
    .set({ standing: JSON.stringify(standing), revision: row.revision + 1 })
    .where('device_id', '=', deviceId)
    .execute()
}
