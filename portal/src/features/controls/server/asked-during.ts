import { controlsOfDevices } from '#features/devices/server'
import type { LocalizedText } from '#platform/core'
import type { Platform } from '#platform/server'
import type { ControlTables } from './tables.ts'

/** A setting that was changed, or a command that was given. at: when it was asked for */
export interface AskedControl {
  id: string
  kind: 'setting' | 'command'
  name: LocalizedText
  at: Date
}

/** What was asked of a machine from afar in a time, latest first, 500 of each kind at most. Whoever shows it asks `visibleIntervals` of `at`. */
export async function askedDuring(
  { database }: Platform,
  deviceId: string,
  { from, until }: { from: Date; until: Date },
): Promise<AskedControl[]> {
  const db = database.db<ControlTables>()
  const [settings, commands, declared] = await Promise.all([
    db
      .selectFrom('setting_wish')
      .select(['id', 'key', 'asked_at'])
      .where('device_id', '=', deviceId)
      .where('asked_at', '>=', from)
      .where('asked_at', '<', until)
      .orderBy('asked_at', 'desc')
      .limit(500)
      .execute(),
    db
      .selectFrom('machine_command')
      .select(['id', 'key', 'asked_at'])
      .where('device_id', '=', deviceId)
      .where('asked_at', '>=', from)
      .where('asked_at', '<', until)
      .orderBy('asked_at', 'desc')
      .limit(500)
      .execute(),
    controlsOfDevices(database, [deviceId]),
  ])
  const known = declared.get(deviceId)
  const named = (all: readonly { key: string; name: LocalizedText }[] | undefined, key: string) =>
    all?.find(one => one.key === key)?.name ?? { 'zh-CN': key, en: key }
  return [
    ...settings.map(row => ({ id: row.id, kind: 'setting' as const, name: named(known?.settings, row.key), at: row.asked_at })),
    ...commands.map(row => ({ id: row.id, kind: 'command' as const, name: named(known?.commands, row.key), at: row.asked_at })),
  ].sort((a, b) => b.at.getTime() - a.at.getTime())
}
