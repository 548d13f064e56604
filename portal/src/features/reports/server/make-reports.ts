import { membersOfCompany } from '#features/accounts/server'
import { intervalsOfCompany, type OpenTo, openToAll, partsOfTypes, typedDevices } from '#features/devices/server'
import { readManufacturer } from '#features/manufacturer/server'
import { addDays, dayIn, endOfDay } from '#features/offers/core'
import { outcomeIn } from '#features/outcomes/server'
import { pathIn } from '#platform/core'
import { mailLayout, type Platform, translate } from '#platform/server'
import { daysOf, type MachineFacts, type Month, monthBefore, type ReportFacts } from '../core/index.ts'
import { gatherFacts } from './gather-facts.ts'
import type { ReportTables } from './tables.ts'

const year = 365 * 86_400_000

/** Of which machines a company gets a report, and at which of them it tells what is found and how long components are likely to last. */
export type Open = Readonly<Record<'report' | 'findings' | 'outlook', OpenTo>>

/** Nothing is sold: everything is told. */
export const openAll: Open = { report: openToAll, findings: openToAll, outlook: openToAll }

/** A company, and the month a report of it is about. */
interface About {
  companyId: string
  month: Month
}

/** Makes the reports about the month that is over, of each company with machines for which reports are open to it, and tells it: once for each. */
export async function makeReports(platform: Platform, open: Open): Promise<void> {
  const { database } = platform
  const { timeZone } = await readManufacturer(database)
  const month = monthBefore(dayIn(platform.now(), timeZone))
  const types = (await partsOfTypes(database)).map(({ typeId }) => typeId)
  const owners = new Set((await typedDevices(database, { typeIds: types })).flatMap(({ ownerId }) => ownerId ?? []))
  for (const companyId of owners)
    if (await makeReport(platform, open, { companyId, month })) await mailLink(platform, companyId, month)
}

/** Makes one report; false where it has been made before, or there is nothing to report. */
async function makeReport(platform: Platform, open: Open, { companyId, month }: About): Promise<boolean> {
  const { database, newId, now } = platform
  const db = database.db<ReportTables>()
  const known = await db
    .selectFrom('health_report')
    .select('id')
    .where('company_id', '=', companyId)
    .where('month', '=', month)
    .executeTakeFirst()
  if (known) return false
  const facts = await factsOf(platform, open, { companyId, month })
  if (facts.machines.length === 0) return false
  const row = await db
    .insertInto('health_report')
    .values({ id: newId(), company_id: companyId, month, facts: JSON.stringify(facts), made_at: now() })
    .onConflict(conflict => conflict.doNothing())
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

/** What is told of a company's machines in a month, as far as it has come. */
export async function factsOf(platform: Platform, open: Open, { companyId, month }: About): Promise<ReportFacts> {
  const { timeZone } = await readManufacturer(platform.database)
  const { first, next } = daysOf(month)
  const ends = endOfDay(addDays(next, -1), timeZone)
  const until = new Date(Math.min(ends.getTime(), platform.now().getTime()))
  const within = { from: endOfDay(addDays(first, -1), timeZone), until }
  const theirs = (await machinesOf(platform, open, companyId)).filter(({ intervals }) =>
    intervals.some(({ from }) => from === null || from < until),
  )
  const ids = theirs.map(({ device }) => device.id)
  const reader = { kind: 'customer', companyId } as const
  const [findings, outlook] = await Promise.all([open.findings(platform, reader, ids), open.outlook(platform, reader, ids)])
  const machines: MachineFacts[] = []
  for (const { device, intervals } of theirs) {
    const told = { findings: findings.has(device.id), outlook: outlook.has(device.id) }
    machines.push(await gatherFacts(platform, device, intervals, { within, open: told }))
  }
  const times = theirs.flatMap(({ intervals }) => intervals).filter(({ deviceId }) => findings.has(deviceId))
  if (times.length === 0) return { machines }
  const [inMonth, inYear] = await Promise.all([
    outcomeIn(platform, times, within),
    outcomeIn(platform, times, { from: new Date(until.getTime() - year), until }),
  ])
  return { machines, outcomes: { month: inMonth.outcome, year: inYear.outcome } }
}

/** Machines of which a company gets reports, with the times in which they are its own. */
export async function machinesOf(platform: Platform, open: Open, companyId: string) {
  const intervals = (await intervalsOfCompany(platform, companyId)).filter(({ role }) => role === 'owner')
  const ids = [...new Set(intervals.map(({ deviceId }) => deviceId))]
  const reported = await open.report(platform, { kind: 'customer', companyId }, ids)
  const devices = await typedDevices(platform.database, { ids: [...reported] })
  return devices
    .filter(({ ownerId }) => ownerId === companyId)
    .map(device => ({ device, intervals: intervals.filter(({ deviceId }) => deviceId === device.id) }))
}

async function mailLink(platform: Platform, companyId: string, month: Month): Promise<void> {
  for (const member of await membersOfCompany(platform, companyId)) {
    const language = platform.languages.writtenIn(member.language)
    const say = (key: string, values = {}) => translate(language, `reports:mail.${key}`, values)
    await platform.mail.send({
      to: member.email,
      ...mailLayout(language, {
        subject: say('subject', { month }),
        greeting: say('greeting', { name: member.name }),
        paragraphs: [say('text')],
        action: {
          label: say('open'),
          url: new URL(pathIn(language, `/account/reports/${month}`), platform.config.publicUrl).href,
        },
      }),
    })
  }
}
