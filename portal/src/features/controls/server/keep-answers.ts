import { sql } from 'kysely'
import type { Platform } from '#platform/server'
import type { SettledWish } from '../core/index.ts'
import type { ControlTables } from './tables.ts'

/** Keeps what a machine says it is set to; what it said later stands. */
export async function keepReport({ database }: Platform, deviceId: string, known: [string, unknown][], at: Date): Promise<void> {
  await sql`
    insert into setting_report (device_id, key, value, at)
    select d.id, t.key, t.value, ${at} from jsonb_to_recordset(${JSON.stringify(known.map(([key, value]) => ({ key, value })))}::jsonb)
      as t(key text, value jsonb), device d where d.id = ${deviceId}
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
