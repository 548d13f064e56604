import type { ColumnType } from 'kysely'
import { type Language, languages } from '#platform/core'
import type { Database } from './database.ts'
import { changedMeanwhile } from './errors.ts'
import type { Live } from './live.ts'
import type { Log } from './log.ts'

/** The languages the portal speaks: all there are, or one alone. All portal processes share them through the database. */
export interface OfferedLanguages {
  /** As this process knows it: at once, for every request. The default comes first where it is offered. */
  offered(): readonly Language[]
  /** In which somebody is written to who is known to read `known`: that, or one the portal speaks instead. */
  writtenIn(known: string): Language
  /** As it stands in the database, with the revision that an edit has to name; 0 where nobody has chosen yet. */
  standing(): Promise<{ languages: readonly Language[]; revision: number }>
  /** Sets them, in the ambient transaction. Fails with 412 where somebody changed them meanwhile. */
  offer(languages: readonly Language[], change: { revision: string; at: Date }): Promise<void>
  /** Calls back whenever this process has learned that they changed. */
  onChange(told: () => void): void
}

interface LanguageTables {
  offered_languages: { only_one: ColumnType<boolean, never, never>; languages: Language[]; revision: number; updated_at: Date }
}

const topic = 'languages'

export async function openOfferedLanguages({
  database,
  live,
  log,
}: {
  database: Database
  live: Live
  log: Log
}): Promise<OfferedLanguages> {
  let spoken: readonly Language[] = languages
  const listeners: (() => void)[] = []
  const db = () => database.db<LanguageTables>()
  const read = async () => {
    const row = await db().selectFrom('offered_languages').select(['languages', 'revision']).executeTakeFirst()
    return { languages: languages.filter(one => !row || row.languages.includes(one)), revision: row?.revision ?? 0 }
  }
  const take = (languages: readonly Language[]) => {
    spoken = languages
    for (const told of listeners) told()
  }
  const refresh = () =>
    read().then(
      now => take(now.languages),
      error => log.warn({ error }, 'the offered languages could not be read'),
    )
  live.subscribe(topic, () => void refresh())
  await refresh()
  return {
    offered: () => spoken,
    writtenIn: known => spoken.find(one => one === known) ?? spoken[0]!,
    standing: read,
    async offer(chosen, { revision, at }) {
      const before = await read()
      if (String(before.revision) !== revision) throw changedMeanwhile()
      const values = {
        languages: languages.filter(one => chosen.includes(one)),
        revision: before.revision + 1,
        updated_at: at,
      }
      // of two who choose at once the second waits here, and is told
      const { numInsertedOrUpdatedRows } = await db()
        .insertInto('offered_languages')
        .values(values)
        .onConflict(conflict =>
          conflict.column('only_one').doUpdateSet(values).where('offered_languages.revision', '=', before.revision),
        )
        .executeTakeFirstOrThrow()
      if (numInsertedOrUpdatedRows === 0n) throw changedMeanwhile()
      await live.publish(topic, 'changed')
      database.afterCommit(() => take(values.languages))
    },
    onChange: told => void listeners.push(told),
  }
}
