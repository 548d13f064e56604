import { ownedSince } from '#features/devices/server'
import type { LocalizedText } from '#platform/core'
import type { Platform } from '#platform/server'
import { moveAlarm, type OwnRule, type Severity } from '../core/index.ts'
import { endAlarms } from './end-alarms.ts'
import { maintenanceUntil } from './maintenance.ts'
import type { AlarmTables } from './tables.ts'
import { tellOfAlarms, writeEntry } from './write-entry.ts'

/** What an alarm says. */
export interface RaisedAlarm {
  deviceId: string
  /** by what it is raised: of a machine and a source there is one open alarm at most */
  source: string
  ruleId: string | null
  name: LocalizedText
  severity: Severity
  /** by the machine's clock */
  at: Date
  message: LocalizedText
  faultCode: string | null
  cause: LocalizedText | null
  remedy: LocalizedText | null
  component: string | null
  escalateAfter: number | null
  readings: readonly { metric: string; value: number }[]
  /** the company's own rule it is raised by; absent: it is told to whoever may see it */
  own?: OwnRule | null
}

/**
 * Raises the alarm of a machine and a source, or brings the open one up to date, in the ambient transaction. Answers its id. In a machine
 * that is in maintenance it waits until that is over. It is of the time of whoever owns the machine now: what began before begins for him when
 * he came, and readings of then are not his.
 */
export async function raise(platform: Platform, found: RaisedAlarm): Promise<string> {
  const { database } = platform
  return database.transaction(async () => {
    const [since, maintained] = await Promise.all([
      ownedSince(database, found.deviceId),
      maintenanceUntil(platform, found.deviceId),
      tellOfAlarms(platform, found.deviceId),
    ])
    const alarm = since !== null && found.at < since ? { ...found, at: since, readings: [] } : found
    const move = maintained ? 'raise-in-maintenance' : 'raise'
    for (;;) {
      const id = (await open(platform, alarm, move)) ?? (await again(platform, alarm, move, since))
      if (id !== null) return id // else it was over just now
    }
  })
}

type Raise = 'raise' | 'raise-in-maintenance'

/** A new alarm; null where one is open. */
async function open(platform: Platform, alarm: RaisedAlarm, move: Raise): Promise<string | null> {
  const state = moveAlarm('normal', move)!
  const opened = await platform.database
    .db<AlarmTables>()
    .insertInto('alarm')
    .values({
      id: platform.newId(),
      device_id: alarm.deviceId,
      source: alarm.source,
      rule_id: alarm.ruleId,
      ...said(alarm),
      ...{ state, active: true, started_at: alarm.at, raised_at: alarm.at, raises: 1, noticed_at: platform.now() },
    })
    .onConflict(conflict => conflict.columns(['device_id', 'source']).where('state', '<>', 'normal').doNothing())
    .returning('id')
    .executeTakeFirst()
  if (!opened) return null
  await tellOfRaise(platform, { alarmId: opened.id, ...alarm }, move)
  return opened.id
}

/**
 * The open alarm says what is known now, and holds again where it was over; null where none is open. One of the time of another owner, which is
 * about to end (see `followOwner`), ends here: what is known now is not for him, and would be lost to the new one. A time that begins later still,
 * since the machine's clock is ahead, tells nothing of that.
 */
async function again(platform: Platform, alarm: RaisedAlarm, move: Raise, since: Date | null): Promise<string | null> {
  const db = platform.database.db<AlarmTables>()
  const row = await lockOpen(platform, alarm)
  if (!row) return null
  if (since !== null && since <= platform.now() && row.noticed_at < since) {
    await endAlarms(platform, { id: row.id })
    return null
  }
  const state = moveAlarm(row.state, move)!
  const anew = !row.active
  await db
    .updateTable('alarm')
    .set({
      ...said(alarm),
      ...{ state, active: true },
      ...(anew ? { raised_at: alarm.at, raises: row.raises + 1, cleared_at: null } : {}),
      ...(anew && state === 'unacknowledged' ? { noticed_at: platform.now(), escalated_at: null } : {}),
    })
    .where('id', '=', row.id)
    .execute()
  if (anew)
    await tellOfRaise(platform, { alarmId: row.id, ...alarm }, state === 'unacknowledged' ? 'raise' : 'raise-in-maintenance')
  return row.id
}

async function tellOfRaise(
  platform: Platform,
  { alarmId, deviceId, at }: { alarmId: string; deviceId: string; at: Date },
  move: Raise,
) {
  await Promise.all([
    writeEntry(platform, { alarmId, kind: 'raised', at }),
    move === 'raise' ? platform.record('alarm.raised', { alarmId, deviceId }) : null,
  ])
}

/** The open alarm of a machine and a source, taken for a change. */
export const lockOpen = ({ database }: Platform, { deviceId, source }: { deviceId: string; source: string }) =>
  database
    .db<AlarmTables>()
    .selectFrom('alarm')
    .selectAll()
    .where('device_id', '=', deviceId)
    .where('source', '=', source)
    .where('state', '<>', 'normal')
    .forUpdate()
    .executeTakeFirst()

const said = ({ name, severity, message, faultCode, cause, remedy, component, escalateAfter, readings, own }: RaisedAlarm) => ({
  ...{ rule_company_id: own?.companyId ?? null, tells: [...(own?.tells ?? [])] },
  ...{ name_zh: name['zh-CN'], name_en: name.en, severity, message_zh: message['zh-CN'], message_en: message.en },
  ...{ fault_code: faultCode, cause_zh: cause?.['zh-CN'] ?? '', cause_en: cause?.en ?? '' },
  ...{ remedy_zh: remedy?.['zh-CN'] ?? '', remedy_en: remedy?.en ?? '', component, escalate_after: escalateAfter },
  readings: JSON.stringify(readings),
})
