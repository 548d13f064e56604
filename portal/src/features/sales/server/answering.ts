import { type Account, changedMeanwhile, type Database, type Platform } from '#platform/server'
import { type AnsweringRule, usualAnswering } from '../core/index.ts'
import type { SalesTables } from './tables.ts'

/** With the revision that an edit has to name; 0 where it is the usual rule. */
export async function readAnswering(database: Database, lock = false): Promise<{ rule: AnsweringRule; revision: number }> {
  const row = await database
    .db<SalesTables>()
    .selectFrom('answering')
    .selectAll()
    .$if(lock, query => query.forUpdate())
    .executeTakeFirst()
  if (!row) return { rule: usualAnswering, revision: 0 }
  const { within_hours: within, days, from_minute: from, to_minute: to, revision } = row
  return { rule: { within, days, from, to }, revision }
}

/** Fails with 412 where somebody changed it meanwhile. */
export async function saveAnswering(
  platform: Platform,
  actor: Pick<Account, 'id'>,
  { rule, revision }: { rule: AnsweringRule; revision: string },
): Promise<void> {
  await platform.database.transaction(async () => {
    const before = await readAnswering(platform.database, true)
    if (String(before.revision) !== revision) throw changedMeanwhile()
    const values = {
      within_hours: rule.within,
      days: [...new Set(rule.days)].sort(),
      from_minute: rule.from,
      to_minute: rule.to,
      revision: before.revision + 1,
      updated_at: platform.now(),
    }
    await platform.database
      .db<SalesTables>()
      .insertInto('answering')
      .values(values)
      .onConflict(conflict => conflict.column('only_one').doUpdateSet(values))
      .execute()
    await platform.record('answering.changed', { by: actor.id })
    await platform.audit.write({
      action: 'answering.changed',
      target: { kind: 'answering', id: 'answering' },
      before: before.rule,
      after: rule,
    })
  })
}
