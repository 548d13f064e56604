import { alarmsOf } from '#features/alarms/server'
import { componentsInMachines } from '#features/devices/server'
import type { DomainEvent, EventTypes } from '#platform/core'
import type { Platform } from '#platform/server'
import type { PrognosisTables } from './tables.ts'

/**
 * A component was replaced: its life ended then, by a failure or before one. Not where an alarm in that life was confirmed, for then it had
 * failed already; nor where nobody knows when it began.
 */
export async function learnReplacement(
  { data }: DomainEvent<'device.component-replaced', EventTypes['device.component-replaced']>,
  platform: Platform,
): Promise<void> {
  const { deviceId, replacementId, component, why, since } = data
  const at = new Date(data.at)
  const began = await beginOf(platform, deviceId, component, since, at)
  if (!began || began >= at) return
  const ends = await endsAfter(platform, deviceId, component, began)
  if (ends.some(end => end <= at)) return
  const ending = why === 'failed' ? 'failed' : 'censored'
  await write(platform, { deviceId, component, began, at, ending, origin: 'replacement', originId: replacementId })
}

/** Somebody looked and there was a fault: a component that the alarm is about failed when it began. What is said later counts. */
export async function learnVerdict(
  { data: { alarmId, deviceId, verdict } }: DomainEvent<'alarm.judged', EventTypes['alarm.judged']>,
  platform: Platform,
): Promise<void> {
  if (verdict !== 'confirmed') {
    await platform.database.db<PrognosisTables>().deleteFrom('component_life').where('origin_id', '=', alarmId).execute()
    return
  }
  const span = { from: new Date(0), until: new Date(platform.now().getTime() + 86_400_000) }
  const alarm = (await alarmsOf(platform, deviceId, span)).find(({ id }) => id === alarmId)
  if (!alarm?.component) return
  const [component] = (await componentsInMachines(platform.database, [deviceId])).filter(({ key }) => key === alarm.component)
  if (!component) return
  const began = await beginOf(platform, deviceId, component.key, component.since, alarm.startedAt)
  if (!began || began >= alarm.startedAt) return
  if ((await endsAfter(platform, deviceId, component.key, began)).length > 0) return // it had failed already, or was replaced since
  const life = { deviceId, component: component.key, began, at: alarm.startedAt }
  await write(platform, { ...life, ending: 'failed', origin: 'alarm', originId: alarmId })
}

async function endsAfter({ database }: Platform, deviceId: string, component: string, began: Date): Promise<Date[]> {
  const rows = await database
    .db<PrognosisTables>()
    .selectFrom('component_life')
    .select('ended_at')
    .where('device_id', '=', deviceId)
    .where('component', '=', component)
    .where('ended_at', '>', began)
    .execute()
  return rows.map(({ ended_at }) => ended_at)
}

/** When the life began that goes on, or ends: by the register, or after the last one that was replaced before. */
async function beginOf(
  { database }: Platform,
  deviceId: string,
  component: string,
  since: string | null,
  before: Date,
): Promise<Date | null> {
  const last = await database
    .db<PrognosisTables>()
    .selectFrom('component_life')
    .select(eb => eb.fn.max('ended_at').as('at'))
    .where('device_id', '=', deviceId)
    .where('component', '=', component)
    .where('ended_at', '<', before)
    .where('origin', 'is distinct from', 'alarm')
    .executeTakeFirst()
  const known = [last?.at ?? null, since === null ? null : new Date(`${since}T00:00Z`)].filter(at => at !== null)
  return known.length === 0 ? null : new Date(Math.max(...known.map(at => at.getTime())))
}

interface Ending {
  deviceId: string
  component: string
  began: Date
  at: Date
  ending: 'failed' | 'censored'
  origin: 'replacement' | 'alarm'
  originId: string
}

async function write({ database, newId, now }: Platform, { deviceId, component, began, at, ending, ...from }: Ending) {
  await database
    .db<PrognosisTables>()
    .insertInto('component_life')
    .values({
      ...{ id: newId(), device_id: deviceId, component, began_at: began, ended_at: at, ending, source: 'staff' },
      ...{ origin: from.origin, origin_id: from.originId, noted_by: null, noted_at: now() },
    })
    .onConflict(clash => clash.doNothing())
    .execute()
}
