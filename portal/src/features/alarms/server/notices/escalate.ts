import { sql } from 'kysely'
import { listStaff } from '#features/accounts/server'
import { typedDevices } from '#features/devices/server'
import { peopleWhoSee } from '#features/notices/server'
import type { Listener, Platform } from '#platform/server'
import { isToldOf } from '../../core/index.ts'
import { ownRuleOf } from '../present-alarms.ts'
import type { AlarmTables } from '../tables.ts'
import { tellOfAlarms, writeEntry } from '../write-entry.ts'
import { rowOf, sideOf, tellPeople } from './tell-of-alarm.ts'

/** A job, each minute: alarms that nobody has acknowledged for as long as their rule lets them wait go one step further, once. */
export async function escalate(platform: Platform): Promise<void> {
  const at = platform.now()
  const late = await platform.database
    .db<AlarmTables>()
    .updateTable('alarm')
    .set({ escalated_at: at })
    .where('id', 'in', query =>
      query
        .selectFrom('alarm')
        .select('id')
        .where('state', '=', 'unacknowledged')
        .where('escalate_after', 'is not', null)
        .where('escalated_at', 'is', null)
        .where(sql<boolean>`noticed_at + make_interval(mins => escalate_after) <= ${at}`)
        .limit(1000)
        .forUpdate(),
    )
    .returning(['id', 'device_id'])
    .execute()
  for (const { id, device_id } of late) {
    await writeEntry(platform, { alarmId: id, kind: 'escalated', at })
    await platform.record('alarm.escalated', { alarmId: id, deviceId: device_id })
    await tellOfAlarms(platform, device_id)
  }
}

/** Only rules let alarms escalate, and theirs are open to all who see the machine. Told are those who have to see to it: administrators of the owner, or of the company whose own rule it is, staff who handle alarms, and whoever it was given to; of a company's own rule those whom it tells. */
export const tellOfEscalation: Listener<'alarm.escalated'> = {
  name: 'alarms.tell-of-escalation',
  async handle({ data: { alarmId } }, platform) {
    const row = await rowOf(platform, alarmId)
    if (row?.state !== 'unacknowledged') return
    const [people, handlers, [device]] = await Promise.all([
      peopleWhoSee(platform, { deviceId: row.device_id, at: row.started_at }),
      listStaff(platform, 'alarm.handle'),
      typedDevices(platform.database, { ids: [row.device_id] }),
    ])
    const handling = new Set([...handlers.map(({ id }) => id), row.assignee_id])
    const own = ownRuleOf(row)
    const asked = people.filter(person => {
      const side = sideOf(person)
      if (side === null) return handling.has(person.id) && (isToldOf(own, side) || person.id === row.assignee_id)
      return person.administrates && (side === device?.ownerId || side === own?.companyId) && isToldOf(own, side)
    })
    await tellPeople(platform, row, 'escalation', asked)
  },
}
