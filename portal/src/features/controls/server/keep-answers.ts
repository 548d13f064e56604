import { sql } from 'kysely'
import type { Platform } from '#platform/server'
import type { SettledWish } from '../core/index.ts'
import type { ControlTables } from './tables.ts'

/** What a machine says it is set to, at a moment. */
export interface KnownReport {
  deviceId: string
  known: readonly [key: string, value: unknown][]
  at: Date
}

/** Keeps what machines say they are set to, one report after the other; what was said later stands. */
export async function keepReports({ database }: Platform, reports: readonly KnownReport[]): Promise<void> {
  const last = new Map(
    reports.flatMap(({ deviceId, known, at }) =>
      known.map(([key, value]) => [`${deviceId} ${key}`, { device_id: deviceId, key, value, at }] as const),
    ),
  )
  if (last.size === 0) return
  await sql`
    insert into setting_report (device_id, key, value, at)
    select d.id, t.key, t.value, t.at from jsonb_to_recordset(${JSON.stringify([...last.values()])}::jsonb)
      as t(device_id uuid, key text, value jsonb, at timestamptz) join device d on d.id = t.device_id order by d.id, t.key
    on conflict (device_id, key) do update set value = excluded.value, at = excluded.at where setting_report.at <= excluded.at`.execute(
    database.db<ControlTables>(),
  )
}

/** Keeps what became of values that were waiting; what was refused is in force no more. */
export async function keepOutcomes(
  { database, now }: Platform,
  waiting: readonly { id: string; key: string }[],
  settled: readonly SettledWish[],
): Promise<void> {
  for (const { key, outcome, reason } of settled)
    await database
      .db<ControlTables>()
      .updateTable('setting_wish')
      .set({ outcome, reason, settled_at: now(), in_force: outcome === 'accepted' })
      .where('id', '=', waiting.find(wish => wish.key === key)!.id)
      .execute()
}
