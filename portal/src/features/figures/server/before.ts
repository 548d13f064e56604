import { type Account, changedMeanwhile, type Database, type Platform } from '#platform/server'
import { type FiguresBefore, nothingBefore } from '../core/index.ts'
import type { FigureTables } from './tables.ts'

/** With the revision that an edit has to name; 0 where nobody has entered anything. */
export async function readBefore(database: Database, lock = false): Promise<{ before: FiguresBefore; revision: number }> {
  const row = await database
    .db<FigureTables>()
    .selectFrom('figure_before')
    .select(['visits', 'inquired', 'answered', 'offered', 'won', 'answer_hours as answerHours', 'note', 'revision'])
    .$if(lock, query => query.forUpdate())
    .executeTakeFirst()
  if (!row) return { before: nothingBefore, revision: 0 }
  const { revision, ...before } = row
  return { before, revision }
}

/** Fails with 412 where somebody changed it meanwhile. */
export async function saveBefore(
  platform: Platform,
  actor: Account,
  { before: after, revision }: { before: FiguresBefore; revision: string },
): Promise<void> {
  const { database } = platform
  await database.transaction(async () => {
    const { before, revision: seen } = await readBefore(database, true)
    if (String(seen) !== revision) throw changedMeanwhile()
    const { answerHours, ...rest } = after
    const values = { ...rest, answer_hours: answerHours, revision: seen + 1, updated_at: platform.now() }
    await database
      .db<FigureTables>()
      .insertInto('figure_before')
      .values(values)
      .onConflict(conflict => conflict.column('only_one').doUpdateSet(values))
      .execute()
    await platform.record('figures.before-changed', { by: actor.id })
    await platform.audit.write({
      action: 'figures.before-changed',
      target: { kind: 'figures', id: 'before' },
      before,
      after,
    })
  })
}
