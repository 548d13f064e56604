import { sql } from 'kysely'
import type { ServerFeature } from './feature.ts'
import type { MailTables } from './mail.ts'
import type { Collected, PersonalTable, Subject } from './personal.ts'
import { personalTables } from './personal-tables.ts'
import type { Platform } from './platform.ts'
import type { SmsTables } from './sms.ts'

/** What the whole portal holds of people, feature by feature. */
export interface People {
  tables: readonly PersonalTable[]
  /** What is held of a person, for himself. */
  collect(platform: Platform, subject: Subject): Promise<Collected[]>
  /**
   * Ends what is held of a person, in one transaction: his key in the audit log first, then feature by feature. What law or a running
   * business needs stays without his name. May be done again.
   */
  erase(platform: Platform, subject: Subject): Promise<void>
  /** Ends what has been held as long as its declaration says; answers rows by table. */
  retire(platform: Platform): Promise<Record<string, number>>
}

export const createPeople = (features: readonly ServerFeature[]): People => {
  const tables = personalTables(features)
  return {
    tables,
    async collect(platform, subject) {
      const parts = await Promise.all(features.map(({ personal }) => personal?.collect?.(platform, subject)))
      return parts.flatMap(part => part ?? []).filter(({ rows }) => rows.length > 0)
    },
    async erase(platform, subject) {
      await platform.database.transaction(async () => {
        if (subject.accountId) await platform.vault.forget(subject.accountId)
        for (const { personal } of features) await personal?.erase?.(platform, subject)
        await erasePlatform(platform, subject)
      })
    },
    async retire(platform) {
      const counts: Record<string, number> = {}
      for (const table of tables) {
        const rows = await retireTable(platform, table)
        if (rows > 0) counts[table.table] = rows
      }
      for (const { personal } of features) Object.assign(counts, await personal?.retire?.(platform, platform.now()))
      return counts
    },
  }
}

async function erasePlatform({ database }: Platform, { accountId, emailDigest, phoneDigest }: Subject): Promise<void> {
  const db = database.db<MailTables & SmsTables & { idempotency_key: { scope: string } }>()
  if (emailDigest) await db.deleteFrom('caught_mail').where('recipient_digest', '=', emailDigest).execute()
  if (phoneDigest) await db.deleteFrom('sms').where('recipient_digest', '=', phoneDigest).execute()
  // of his API keys too: `<account> <key>`
  if (accountId) await db.deleteFrom('idempotency_key').where('scope', 'like', `${accountId}%`).execute()
}

const dayMs = 24 * 60 * 60_000

async function retireTable({ database, now }: Platform, { table, kept }: PersonalTable): Promise<number> {
  if (kept.rule !== 'days') return 0
  const before = new Date(now().getTime() - kept.days * dayMs)
  const { numAffectedRows = 0n } = await sql`delete from ${sql.table(table)} where ${sql.ref(kept.after)} < ${before}`.execute(
    database.db(),
  )
  return Number(numAffectedRows)
}
