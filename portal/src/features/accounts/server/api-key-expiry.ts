import type { Platform } from '#platform/server'
import { keyWarningDays } from '../core/index.ts'
import { mailApiKey } from './mails.ts'
import type { AccountTables } from './tables.ts'

const warningMs = keyWarningDays * 24 * 60 * 60_000

/**
 * Tells owners once that a key will expire within the week, so that nothing stops by surprise. Who made it for a week or less knows.
 * In the transaction of the job.
 */
export async function warnOfExpiringKeys(platform: Platform): Promise<void> {
  const now = platform.now()
  const db = platform.database.db<AccountTables>()
  const due = await db
    .selectFrom('api_key')
    .selectAll()
    .where('warned_at', 'is', null)
    .where('expires_at', '>', now)
    .where('expires_at', '<=', new Date(now.getTime() + warningMs))
    .forUpdate()
    .execute()
  for (const { id, person_id, name, prefix, created_at, expires_at } of due) {
    if (expires_at.getTime() - created_at.getTime() <= warningMs) continue
    await db.updateTable('api_key').set({ warned_at: now }).where('id', '=', id).execute()
    await mailApiKey(platform, person_id, 'apiKeyExpires', { key: name, prefix, at: expires_at })
  }
}
