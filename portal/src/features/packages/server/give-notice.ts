import type { Platform } from '#platform/server'
import { noticeDue } from '../core/index.ts'
import { timesOf } from './open-rights.ts'
import type { PackageTables } from './tables.ts'
import { mailCompany } from './tell.ts'

/** The farthest notice, in days: nothing that ends later is looked at. */
const farthest = 31

/**
 * Tells companies, once each, that what they have ends in 30 and in 7 days (a trial in 3), and that it is over; in a transaction with the marks.
 * Who has renewed already is not told.
 */
export async function giveNotice(platform: Platform): Promise<void> {
  const now = platform.now()
  const db = platform.database.db<PackageTables>()
  const rows = await db
    .selectFrom('entitlement as e')
    .selectAll()
    .where('ended_at', 'is', null)
    .where('until_at', '<', new Date(now.getTime() + farthest * 86_400_000))
    .where(eb => eb.or([eb('told_days', 'is', null), eb('told_days', '>', 0)]))
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('entitlement as later')
            .select('later.id')
            .whereRef('later.device_id', '=', 'e.device_id')
            .whereRef('later.company_id', '=', 'e.company_id')
            .whereRef('later.package_id', '=', 'e.package_id')
            .where('later.ended_at', 'is', null)
            .whereRef('later.until_at', '>', 'e.until_at'),
        ),
      ),
    )
    .forUpdate()
    .execute()
  for (const row of rows) {
    const due = noticeDue(timesOf(row), row.told_days, now)
    if (due === null) continue
    await db.updateTable('entitlement').set({ told_days: due }).where('id', '=', row.id).execute()
    const left = Math.ceil((row.until_at!.getTime() - now.getTime()) / 86_400_000)
    await mailCompany(platform, row.id, due === 0 ? 'over' : 'left', left)
  }
}
