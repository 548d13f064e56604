import { type Platform, sealFields } from '#platform/server'
import type { EntryKind } from '../core/index.ts'
import type { AlarmTables } from './tables.ts'

export interface NewEntry {
  alarmId: string
  kind: EntryKind
  at: Date
  /** null: the portal by itself */
  authorId?: string | null
  note?: string
  until?: Date
}

/** Writes down what happened to an alarm, in the ambient transaction. */
export async function writeEntry({ database, vault, newId }: Platform, entry: NewEntry): Promise<void> {
  const { alarmId, kind, at, authorId = null, note = null, until = null } = entry
  await database
    .db<AlarmTables>()
    .insertInto('alarm_entry')
    .values({
      id: newId(),
      alarm_id: alarmId,
      kind,
      at,
      author_id: authorId,
      ...(await sealFields(vault, 'alarm_entry', { note })),
      until,
    })
    .execute()
}

/** Pages that show the machine's alarms read again, and rules look whether theirs are still open. */
export const tellOfAlarms = ({ live }: Platform, deviceId: string): Promise<void> => live.publish(alarmsTopic, deviceId)

/** Where it is said that something about the alarms of a machine changed. */
export const alarmsTopic = 'device-alarms'
