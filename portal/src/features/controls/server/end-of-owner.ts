import type { DomainEvent, EventTypes } from '#platform/core'
import type { Platform } from '#platform/server'
import type { ControlTables } from './tables.ts'

/** Whoever had the machine before wants nothing of it any more: what he set stays as the machine has it, and is not said again. */
export async function endOfOwner(
  { data, at }: DomainEvent<'device.changed-hands', EventTypes['device.changed-hands']>,
  { database, now }: Platform,
): Promise<void> {
  const db = database.db<ControlTables>()
  const before = new Date(at)
  await db
    .updateTable('setting_wish')
    .set(eb => ({
      in_force: false,
      outcome: eb.case().when('outcome', '=', 'waiting').then('ended').else(eb.ref('outcome')).end() as never,
      settled_at: eb.fn.coalesce('settled_at', eb.val(now())),
    }))
    .where('device_id', '=', data.deviceId)
    .where('company_id', 'is not', null)
    .where('in_force', '=', true)
    .where('asked_at', '<=', before)
    .execute()
  await db
    .updateTable('machine_command')
    .set({ state: 'expired', settled_at: now() })
    .where('device_id', '=', data.deviceId)
    .where('company_id', 'is not', null)
    .where('state', '=', 'waiting')
    .where('asked_at', '<=', before)
    .execute()
}
