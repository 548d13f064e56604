import { type Anchor, type ChainReport, type Platform, verifyChain } from '#platform/server'
import type { AuditCheck } from '../core/index.ts'

interface CheckTables {
  audit_check: {
    id: string
    at: Date
    entries: number
    head_position: number
    head_hash: string
    broken_position: number | null
    broken_reason: NonNullable<ChainReport['broken']>['reason'] | null
  }
}

/**
 * Checks the whole chain against every end of it that was noted before, and those handed in, and notes the result. The end goes to
 * the log as well: kept apart from the database, it shows later that nothing was cut off.
 */
export async function checkChain(platform: Platform, anchors: readonly Anchor[] = []): Promise<AuditCheck> {
  const { database, vault, log } = platform
  const known = await database
    .db<CheckTables>()
    .selectFrom('audit_check')
    .select(['head_position as position', 'head_hash as hash'])
    .where('broken_position', 'is', null)
    .execute()
  const { entries, head, broken } = await verifyChain(database, vault.auditKey, [...known, ...anchors])
  const at = platform.now()
  await database.transaction(async () => {
    await database
      .db<CheckTables>()
      .insertInto('audit_check')
      .values({
        id: platform.newId(),
        at,
        entries,
        head_position: head.position,
        head_hash: head.hash,
        broken_position: broken?.position ?? null,
        broken_reason: broken?.reason ?? null,
      })
      .execute()
    await platform.audit.write({ action: 'audit.checked', facts: { entries, broken } })
  })
  if (broken) log.error({ entries, head, broken }, 'the audit log does not hold')
  else log.info({ entries, head }, 'the audit log holds')
  return { at: at.toISOString(), entries, head, broken }
}

/** The last checks, newest first. */
export async function lastChecks({ database }: Pick<Platform, 'database'>, most = 10): Promise<AuditCheck[]> {
  const rows = await database.db<CheckTables>().selectFrom('audit_check').selectAll().orderBy('at', 'desc').limit(most).execute()
  return rows.map(row => ({
    at: row.at.toISOString(),
    entries: row.entries,
    head: { position: row.head_position, hash: row.head_hash },
    broken: row.broken_reason && { position: row.broken_position!, reason: row.broken_reason },
  }))
}
