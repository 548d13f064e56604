import { findConfiguration, handOverConfiguration } from '#features/configurator/server'
import { type Account, conflict, type Platform } from '#platform/server'
import { addEntry, lockLead, moveLead } from './change-lead.ts'
import type { SalesReads } from './tables.ts'

interface Returned {
  leadId: string
  /** of the configuration sales has saved */
  token: string
  /** to the customer, in his language; may be empty */
  note: string
}

/**
 * Makes a configuration that sales has worked out the one of the lead and of the customer's inquiry; the former stays in the timeline.
 * The customer is mailed by the event. A new lead becomes contacted. 404: there is no such configuration or lead; fails with
 * `configuration-unchanged` where it is the lead's already, and with `lead-closed` where the lead is won.
 */
export async function returnConfiguration(platform: Platform, author: Account, { leadId, token, note }: Returned): Promise<void> {
  const { database } = platform
  const { configurationId } = await findConfiguration(database, token)
  await database.transaction(async () => {
    const db = database.db<SalesReads>()
    const lead = await lockLead(platform, leadId)
    if (lead.status === 'won') throw leadClosed()
    const before = await db
      .selectFrom('inquiry as i')
      .leftJoin('configuration as c', 'c.id', 'i.configuration_id')
      .innerJoin('contact as k', 'k.id', 'i.contact_id')
      .select(['c.id', 'c.token', 'k.account_id', 'k.company_id'])
      .where('i.id', '=', lead.inquiry_id)
      .executeTakeFirstOrThrow()
    if (before.id === null) throw withoutConfiguration()
    if (before.id === configurationId) throw unchanged()
    const { net, currency, product_id } = await db
      .selectFrom('configuration')
      .select(['net', 'currency', 'product_id'])
      .where('id', '=', configurationId)
      .executeTakeFirstOrThrow()
    await handOverConfiguration(database, configurationId, { accountId: before.account_id, companyId: before.company_id })
    await db.updateTable('inquiry').set({ configuration_id: configurationId }).where('id', '=', lead.inquiry_id).execute()
    await db.updateTable('lead').set({ net, currency, product_id }).where('id', '=', leadId).execute()
    await addEntry(platform, leadId, 'configured', author, { from: before.token, to: token, note })
    if (lead.status === 'new') await moveLead(platform, lead, 'contacted', author)
    await platform.audit.write({
      action: 'lead.configured',
      target: { kind: 'lead', id: leadId },
      before: { configurationId: before.id },
      after: { configurationId },
    })
    await platform.record('inquiry.configured', { inquiryId: lead.inquiry_id, leadId, configurationId })
  })
}

const unchanged = () =>
  conflict(
    'configuration-unchanged',
    { 'zh-CN': '这已经是该线索的配置。', en: 'This is the configuration of the lead already.' },
    { 'zh-CN': '请在配置器中修改后再交还客户。', en: 'Change it in the configurator, then return it.' },
  )

/** An inquiry about something else has none to put another in the place of, or to offer. */
export const withoutConfiguration = () =>
  conflict(
    'lead-without-configuration',
    { 'zh-CN': '该线索不是针对配置的询价。', en: 'This lead is not about a configuration.' },
    { 'zh-CN': '请在线索页面按其询价内容处理。', en: 'Deal with what it is about, as its page shows it.' },
  )

const leadClosed = () =>
  conflict(
    'lead-closed',
    { 'zh-CN': '该线索已成交，配置不再更改。', en: 'This lead is won; its configuration no longer changes.' },
    { 'zh-CN': '如需另行配置，请客户重新询价。', en: 'For another configuration let the customer ask anew.' },
  )
