import { listStaff } from '#features/accounts/server'
import { readManufacturer } from '#features/manufacturer/server'
import { type Language, pathIn } from '#platform/core'
import { mailLayout, type Platform, translate } from '#platform/server'
import { workingMinutes } from '../core/index.ts'
import { readAnswering } from './answering.ts'
import { type SalesReads, subjectNameIn } from './tables.ts'

/** Older ones wait for a reason. */
const mostDays = 60
/** Named in one mail. */
const mostNamed = 10

/**
 * Reminds by mail of leads that wait longer than they should: whoever looks after one, or all of sales where nobody does; after twice
 * the time administrators. Once each, in a transaction with the mark. Mails name numbers and products, nothing of the customer.
 */
export async function remindOfLeads(platform: Platform): Promise<void> {
  const { rule } = await readAnswering(platform.database)
  if (rule.within === 0) return
  const { timeZone } = await readManufacturer(platform.database)
  const now = platform.now()
  const waiting = (await waitingLeads(platform, now)).map(lead => ({
    ...lead,
    hours: workingMinutes(lead.created_at, now, rule, timeZone) / 60,
  }))
  const late = waiting.filter(lead => lead.reminded_at === null && lead.hours >= rule.within)
  const tooLate = waiting.filter(lead => lead.hours >= 2 * rule.within)
  if (late.length > 0) {
    const sales = await listStaff(platform, 'lead.write')
    for (const colleague of sales) {
      const his = late.filter(({ assignee_id }) => assignee_id === colleague.id || !sales.some(({ id }) => id === assignee_id))
      await mail(platform, colleague, 'remind', his, rule.within)
    }
    await mark(platform, late, { reminded_at: now })
  }
  if (tooLate.length > 0) {
    for (const colleague of await listStaff(platform, 'staff.manage'))
      await mail(platform, colleague, 'escalate', tooLate, 2 * rule.within)
    await mark(platform, tooLate, { reminded_at: now, escalated_at: now })
  }
}

type Waiting = Awaited<ReturnType<typeof waitingLeads>>[number]

/** New ones that not everybody has been reminded of, the oldest first. Locked: two portals remind once. */
const waitingLeads = ({ database }: Platform, now: Date) =>
  database
    .db<SalesReads>()
    .selectFrom('lead as l')
    .innerJoin('inquiry as i', 'i.id', 'l.inquiry_id')
    .leftJoin('configuration as c', 'c.id', 'i.configuration_id')
    .leftJoin('model_version as v', 'v.id', 'c.model_version_id')
    .select(['l.id', 'l.number', 'l.created_at', 'l.assignee_id', 'l.reminded_at', subjectNameIn('i', 'v')])
    .where('l.status', '=', 'new')
    .where('l.escalated_at', 'is', null)
    .where('l.created_at', '>', new Date(now.getTime() - mostDays * 24 * 60 * 60_000))
    .orderBy('l.created_at')
    .limit(500)
    .forUpdate('l')
    .execute()

async function mail(
  platform: Platform,
  to: { email: string; language: Language },
  kind: 'remind' | 'escalate',
  leads: readonly Waiting[],
  hours: number,
): Promise<void> {
  if (leads.length === 0) return
  const language = platform.languages.writtenIn(to.language)
  const say = (key: string, values = {}) =>
    translate(language, `sales:mail.${kind}.${key}`, { count: leads.length, hours, ...values })
  const more = leads.length - mostNamed
  await platform.mail.send({
    to: to.email,
    ...mailLayout(language, {
      subject: say('subject'),
      paragraphs: [say('text'), ...(more > 0 ? [say('more', { more })] : [])],
      facts: leads
        .slice(0, mostNamed)
        .map(({ number, product_name }) => ({ label: `#${number}`, value: product_name[language] })),
      action: {
        label: say('action'),
        url: new URL(pathIn(language, '/console/leads?status=new'), platform.config.publicUrl).href,
      },
    }),
  })
}

async function mark(
  { database }: Platform,
  leads: readonly Waiting[],
  at: { reminded_at: Date; escalated_at?: Date },
): Promise<void> {
  const ids = leads.map(({ id }) => id)
  await database.db<SalesReads>().updateTable('lead').set(at).where('id', 'in', ids).execute()
}
