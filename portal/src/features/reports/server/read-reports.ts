import { companyNames } from '#features/accounts/server'
import { visibleIntervals } from '#features/devices/server'
import { readManufacturer } from '#features/manufacturer/server'
import { addDays, dayIn, endOfDay } from '#features/offers/core'
import { type Account, decodeCursor, encodeCursor, notFound, type Platform } from '#platform/server'
import { daysOf, type HealthReport, type Month, monthOf, type ReportSummary } from '../core/index.ts'
import { factsOf, machinesOf, type Open } from './make-reports.ts'
import type { ReportTables } from './tables.ts'

const mostListed = 120

const noSuchReport = () => notFound({ 'zh-CN': '月报', en: 'report' })

/** Reports of the account's company, the last first; before them the present month so far, where there are machines to tell of. */
export async function listOwnReports(platform: Platform, account: Account, open: Open): Promise<ReportSummary[]> {
  if (account.companyId === null) return []
  const machines = (await machinesOf(platform, open, account.companyId)).length
  const present = machines > 0 ? [soFar(platform, await presentMonth(platform), machines)] : []
  const rows = await platform.database
    .db<ReportTables>()
    .selectFrom('health_report')
    .selectAll()
    .where('company_id', '=', account.companyId)
    .orderBy('month', 'desc')
    .limit(mostListed)
    .execute()
  return [...present, ...rows.map(summaryOf)]
}

/** The report of the account's company about a month, the present one made at once; 404 where there is none. */
export async function readOwnReport(
  platform: Platform,
  account: Account,
  { month, open }: { month: Month; open: Open },
): Promise<HealthReport> {
  const { database } = platform
  const { companyId } = account
  if (companyId === null) throw noSuchReport()
  if (month === (await presentMonth(platform))) {
    const facts = await factsOf(platform, open, { companyId, month })
    if (facts.machines.length === 0) throw noSuchReport()
    const company = (await companyNames(database, [companyId])).get(companyId) ?? ''
    return { ...soFar(platform, month, facts.machines.length), company, facts }
  }
  const row = await database
    .db<ReportTables>()
    .selectFrom('health_report')
    .selectAll()
    .where('company_id', '=', companyId)
    .where('month', '=', month)
    .executeTakeFirst()
  if (!row) throw noSuchReport()
  const names = await companyNames(database, [companyId])
  return { ...summaryOf(row), company: names.get(companyId) ?? '', facts: row.facts }
}

/** One page of the reports of all companies, the last first. */
export async function listAllReports(
  { database }: Platform,
  { cursor, limit }: { cursor?: string | undefined; limit: number },
): Promise<{ items: (ReportSummary & { company: string })[]; nextCursor: string | null }> {
  let query = database
    .db<ReportTables>()
    .selectFrom('health_report')
    .selectAll()
    .orderBy('id', 'desc')
    .limit(limit + 1)
  if (cursor) query = query.where('id', '<', decodeCursor<{ id: string }>(cursor, { id: 'uuid' }).id)
  const rows = await query.execute()
  const page = rows.slice(0, limit)
  const names = await companyNames(database, [...new Set(page.map(({ company_id }) => company_id))])
  return {
    items: page.map(row => ({ ...summaryOf(row), company: names.get(row.company_id) ?? '' })),
    nextCursor: rows.length > limit ? encodeCursor({ id: page.at(-1)!.id }) : null,
  }
}

/**
 * A report as staff may read it: of machines whose month its owner shows the manufacturer, and without what came of warnings, which is of a whole
 * year and of all machines. 404 where there is none.
 */
export async function readReport(platform: Platform, account: Account, reportId: string): Promise<HealthReport> {
  const { database } = platform
  const row = await database
    .db<ReportTables>()
    .selectFrom('health_report')
    .selectAll()
    .where('id', '=', reportId)
    .executeTakeFirst()
  if (!row) throw noSuchReport()
  const { timeZone } = await readManufacturer(database)
  const { first, next } = daysOf(row.month)
  const [from, until] = [endOfDay(addDays(first, -1), timeZone), endOfDay(addDays(next, -1), timeZone)]
  const ids = row.facts.machines.map(({ device }) => device.id)
  const shown = (await visibleIntervals(platform, account, ids)).filter(
    span => (span.from === null || span.from <= from) && (span.until === null || span.until >= until),
  )
  const machines = row.facts.machines.filter(({ device }) => shown.some(({ deviceId }) => deviceId === device.id))
  const names = await companyNames(database, [row.company_id])
  return { ...summaryOf(row), company: names.get(row.company_id) ?? '', facts: { machines } }
}

const presentMonth = async ({ database, now }: Platform): Promise<Month> =>
  monthOf(dayIn(now(), (await readManufacturer(database)).timeZone))

const soFar = ({ now }: Platform, month: Month, machines: number): ReportSummary => ({
  ...{ id: month, month, machines, madeAt: now().toISOString(), soFar: true },
})

const summaryOf = (row: { id: string; month: string; facts: HealthReport['facts']; made_at: Date }): ReportSummary => ({
  ...{ id: row.id, month: row.month, machines: row.facts.machines.length, madeAt: row.made_at.toISOString(), soFar: false },
})
