import { membersOfCompany } from '#features/accounts/server'
import { intervalsOfCompany, type OpenTo, partsOfTypes, typedDevices } from '#features/devices/server'
import { readManufacturer } from '#features/manufacturer/server'
import { addDays, dayIn, endOfDay } from '#features/offers/core'
import { pathIn } from '#platform/core'
import { mailLayout, type Platform, translate } from '#platform/server'
import { daysOf, type MachineFacts, type Month, monthBefore, type ReportFacts } from '../core/index.ts'
import { gatherFacts } from './gather-facts.ts'
import type { ReportTables } from './tables.ts'

/** Makes the reports about the month that is over, of each company with machines for which reports are open to it, and tells it: once for each. */
export async function makeReports(platform: Platform, openTo: OpenTo): Promise<void> {
  const { database } = platform
  const { timeZone } = await readManufacturer(database)
  const month = monthBefore(dayIn(platform.now(), timeZone))
  const types = (await partsOfTypes(database)).map(({ typeId }) => typeId)
  const owners = new Set((await typedDevices(database, { typeIds: types })).flatMap(({ ownerId }) => ownerId ?? []))
  for (const companyId of owners)
    if (await makeReport(platform, openTo, { companyId, month })) await mailLink(platform, companyId, month)
}

/** Makes one report; false where it has been made before, or there is nothing to report. */
async function makeReport(
  platform: Platform,
  openTo: OpenTo,
  { companyId, month }: { companyId: string; month: Month },
): Promise<boolean> {
  const { database } = platform
  const db = database.db<ReportTables>()
  const known = await db
    .selectFrom('health_report')
    .select('id')
    .where('company_id', '=', companyId)
    .where('month', '=', month)
    .executeTakeFirst()
  if (known) return false
  const { timeZone } = await readManufacturer(database)
  const { first, next } = daysOf(month)
  const within = { from: endOfDay(addDays(first, -1), timeZone), until: endOfDay(addDays(next, -1), timeZone) }
  const intervals = (await intervalsOfCompany(platform, companyId)).filter(({ role }) => role === 'owner')
  const ids = [...new Set(intervals.map(({ deviceId }) => deviceId))]
  const open = await openTo(platform, { kind: 'customer', companyId }, ids)
  const machines: MachineFacts[] = []
  for (const device of await typedDevices(database, { ids: [...open] })) {
    if (device.ownerId !== companyId) continue
    const own = intervals.filter(({ deviceId }) => deviceId === device.id)
    if (own.some(({ from }) => from === null || from < within.until))
      machines.push(await gatherFacts(platform, device, own, within))
  }
  if (machines.length === 0) return false
  return enterReport(platform, { companyId, month, facts: { machines } })
}

/** Keeps a report as it is; false where there is one about the month. Called directly for the demo alone. */
export async function enterReport(
  { database, newId, now }: Platform,
  { companyId, month, facts }: { companyId: string; month: Month; facts: ReportFacts },
): Promise<boolean> {
  const row = await database
    .db<ReportTables>()
    .insertInto('health_report')
    .values({ id: newId(), company_id: companyId, month, facts: JSON.stringify(facts), made_at: now() })
    .onConflict(conflict => conflict.doNothing())
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
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
