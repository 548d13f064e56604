import { formatDate, formatNumber, type Language } from '#platform/core'
import { type ConfirmedAct, changedMeanwhile, type Platform } from '#platform/server'
import {
  hourlyBefore,
  isShorter,
  type Retention,
  type RetentionEffect,
  type RetentionMonths,
  runAfter,
} from '../../core/index.ts'
import type { TelemetryTables } from '../tables.ts'
import { readKept } from './hourly-until.ts'

export interface Term {
  months: RetentionMonths
  /** a shorter one, that holds from the nightly run after `since` */
  next: { months: number; since: Date } | null
  revision: number
}

export async function readTerm({ database }: Pick<Platform, 'database'>, lock = false): Promise<Term> {
  const row = await database
    .db<TelemetryTables>()
    .selectFrom('reading_retention')
    .selectAll()
    .$if(lock, query => query.forUpdate())
    .executeTakeFirstOrThrow()
  const { months, next_months, next_since, revision } = row
  return { months, next: next_months && next_since ? { months: next_months, since: next_since } : null, revision }
}

/** As the console shows it, with the etag of an edit. */
export async function readRetention(platform: Platform): Promise<{ value: Retention; etag: string }> {
  const [{ months, next, revision }, { hourlyUntil, ...kept }] = await Promise.all([readTerm(platform), readKept(platform)])
  return {
    value: {
      months,
      next: next && { months: next.months, from: runAfter(next.since).toISOString() },
      hourlyUntil: hourlyUntil === null ? null : new Date(hourlyUntil).toISOString(),
      kept,
    },
    etag: String(revision),
  }
}

/** What the next nightly run would leave by the hour alone if readings were kept for so many months. */
export async function weighRetention({ warehouse, now }: Platform, months: number): Promise<RetentionEffect> {
  const until = hourlyBefore(runAfter(now()), months)
  const [row] = await warehouse.query<{ readings: number; first: number }>(
    `select count() as readings, toUnixTimestamp64Milli(min(r.at)) as first from reading as r
     where r.at < fromUnixTimestamp64Milli({until:Int64}, 'UTC')`,
    { until },
  )
  const { readings, first } = row!
  if (readings === 0) return { readings, from: null, until: null }
  return { readings, from: new Date(first).toISOString(), until: new Date(until).toISOString() }
}

/** What has to be confirmed: a shorter term. null: as long as before, or longer */
export async function describeShortening(platform: Platform, months: RetentionMonths): Promise<ConfirmedAct | null> {
  const before = (await readTerm(platform)).months
  if (months === null || !isShorter(months, before)) return null
  const { readings, until } = await weighRetention(platform, months)
  const [many, date] = [
    (language: Language) => formatNumber(readings, language, 0),
    (language: Language) => (until === null ? null : formatDate(until, language, 'UTC')),
  ]
  const goesZh = date('zh-CN')
    ? `${date('zh-CN')}之前的约 ${many('zh-CN')} 个读数将只剩每小时的平均、最低与最高值，无法恢复`
    : '目前没有读数因此减少'
  const goesEn = date('en')
    ? `about ${many('en')} readings of before ${date('en')} are left as mean, lowest and highest by the hour, for good`
    : 'no reading there is now goes by it'
  return {
    target: 'readings',
    what: {
      'zh-CN': `原始读数只保留 ${months} 个月（原为${before === null ? '一直保留' : ` ${before} 个月`}）：${goesZh}`,
      en: `Keep readings as measured for ${months} months instead of ${before === null ? 'without end' : before}: ${goesEn}`,
    },
  }
}

/** A longer term holds at once, and takes a shorter one back that was to come; a shorter one waits for the night. 412 where it was changed meanwhile */
export async function saveRetention(
  platform: Platform,
  { months, revision }: { months: RetentionMonths; revision: string },
): Promise<void> {
  await platform.database.transaction(async () => {
    const before = await readTerm(platform, true)
    if (String(before.revision) !== revision) throw changedMeanwhile()
    const shorter = isShorter(months, before.months)
    await platform.database
      .db<TelemetryTables>()
      .updateTable('reading_retention')
      .set({
        ...(shorter ? { next_months: months, next_since: platform.now() } : { months, next_months: null, next_since: null }),
        revision: before.revision + 1,
      })
      .execute()
    await platform.audit.write({
      action: 'retention.changed',
      target: { kind: 'retention', id: 'readings' },
      before: { months: before.months, next: before.next?.months ?? null },
      after: shorter ? { months: before.months, next: months } : { months, next: null },
    })
  })
}

/** The term that holds for a nightly run; one that was waiting for it becomes so. */
export async function termOfRun(platform: Platform): Promise<RetentionMonths> {
  return platform.database.transaction(async () => {
    const { months, next } = await readTerm(platform, true)
    if (!next || runAfter(next.since) > platform.now()) return months
    await platform.database
      .db<TelemetryTables>()
      .updateTable('reading_retention')
      .set(({ eb }) => ({ months: next.months, next_months: null, next_since: null, revision: eb('revision', '+', 1) }))
      .execute()
    return next.months
  })
}
