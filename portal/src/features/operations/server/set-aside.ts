import { sql } from 'kysely'
import type { Platform } from '#platform/server'
import type { LetterKind, LetterName } from '../core/index.ts'

/** Leaves letters as they are, with a reason. Answers how many of them waited until now. */
export async function setAside(platform: Platform, letters: readonly LetterName[], reason: string, by: string): Promise<number> {
  const { database, audit, now } = platform
  return database.transaction(async () => {
    let changed = 0
    for (const letter of letters) {
      if (!(await mark(platform, letter, { at: now(), by, reason }))) continue
      changed++
      const { kind, source, id } = letter
      await audit.write({ action: 'dead-letter.set-aside', target: { kind, id }, facts: { source }, reason })
    }
    return changed
  })
}

/** Lets letters wait for a decision again. Answers how many of them had been set aside. */
export async function takeBack(platform: Platform, letters: readonly LetterName[]): Promise<number> {
  const { database, audit } = platform
  return database.transaction(async () => {
    let changed = 0
    for (const letter of letters) {
      if (!(await mark(platform, letter, null))) continue
      changed++
      const { kind, source, id } = letter
      await audit.write({ action: 'dead-letter.taken-back', target: { kind, id }, facts: { source } })
    }
    return changed
  })
}

type Mark = { at: Date; by: string; reason: string } | null

/** Whether the letter exists and was in the other state. */
async function mark({ database, vault }: Platform, { kind, source, id }: LetterName, mark: Mark): Promise<boolean> {
  const { at, by } = mark ?? { at: null, by: null }
  const reason = mark && (await vault.seal(mark.reason, reasonContext[kind]))
  const columns = sql`set_aside_at = ${at}, set_aside_by = ${by}, set_aside_reason = ${reason}`
  const before = mark ? sql`set_aside_at is null` : sql`set_aside_at is not null`
  const statement = {
    event: () => sql`update event_parked set ${columns} where listener = ${source} and event_id = ${id} and ${before}`,
    mail: () => sql`update caught_mail set ${columns} where id = ${id} and refused and ${before}`,
    job: () =>
      mark
        ? sql`insert into job_set_aside (job_id, at, by, reason)
            select id, ${at}, ${by}, ${reason} from job.job where name = ${source} and id = ${id} and state = 'failed'
            on conflict do nothing`
        : sql`delete from job_set_aside where job_id = ${id}`,
  }[kind]()
  const { numAffectedRows } = await statement.execute(database.db())
  return (numAffectedRows ?? 0n) > 0n
}

/** Where the reason of each kind lies sealed. */
export const reasonContext = {
  event: 'event_parked.set_aside_reason',
  job: 'job_set_aside.reason',
  mail: 'caught_mail.set_aside_reason',
} as const satisfies Record<LetterKind, string>
