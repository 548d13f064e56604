import { sql } from 'kysely'
import { demoAccounts, findCompanyByContact, listStaff } from '#features/accounts/server'
import { createOffer, sendOffer } from '#features/offers/server'
import { getProduct } from '#features/products/server'
import { contactConsent } from '#features/sales/core'
import { leadOfInquiry, submitInquiry } from '#features/sales/server'
import type { Account, Platform } from '#platform/server'

const customer = { email: 'customer@example.com', name: '周建国', company: '苏州恒锐精密机械有限公司' }
const caller = { phone: '0512-6666 8800', name: '吴敏', company: '昆山明信模具有限公司' }

/**
 * Two inquiries: of the demo's customer, whose offer was sent, and of somebody who left a telephone number, whose offer is a draft.
 * Through the features' own functions; nothing where there are inquiries already.
 * settled: waits until listeners have opened the leads
 */
export async function loadDemoOffers(platform: Platform, settled: () => Promise<void>): Promise<void> {
  const { database } = platform
  const sent = await database.transaction(async () => {
    await sql`select pg_advisory_xact_lock(hashtext('fettle-demo'))`.execute(database.db()) // several portals may start at once
    const db = database.db<{ inquiry: { id: string } }>()
    if (await db.selectFrom('inquiry').select('id').limit(1).executeTakeFirst()) return null
    const account = await demoCustomer(platform)
    const ask = async (
      slug: string,
      contact: { name: string; company: string; email?: string; phone?: string },
      message: string,
    ) => {
      const { modelVersionId, selection, startingPrice } = await getProduct(database, slug, 'staff')
      const { token } = await submitInquiry(
        {
          platform,
          account: contact.email ? account : null,
          language: 'zh-CN',
          now: platform.now(),
          requestId: 'demo',
          headers: new Headers(),
        },
        {
          configuration: { modelVersionId, decisions: [], selection, net: startingPrice?.net ?? null },
          contact: { email: '', phone: '', ...contact },
          message,
          unlisted: '',
          attachments: [],
          consent: { version: contactConsent.version, accepted: true },
          source: {},
        },
      )
      return token
    }
    return [
      await ask('machining-centre', customer, '计划明年一季度投产，请报价，含安装和培训。'),
      await ask('rotary-table', caller, '请先电话联系，再发报价。'),
    ]
  })
  if (!sent) return
  await settled()
  const [first, second] = await Promise.all(sent.map(token => leadOfInquiry(platform, token)))
  const seller = demoAccounts(platform).find(({ roles }) => roles.includes('sales'))
  const colleague = (await listStaff(platform, 'offer.write')).find(({ email }) => email === seller?.email)
  if (!first || !second || !colleague) return
  const { id } = await createOffer(platform, first)
  await sendOffer(platform, { id: colleague.id, roles: ['sales'] }, { offerId: id, revision: '1' })
  await createOffer(platform, second)
}

/** As if he were signed in; null where his account is gone. */
async function demoCustomer(platform: Platform): Promise<Account | null> {
  const { email, name } = customer
  const known = await findCompanyByContact(platform, { email })
  if (!known?.accountId) return null
  return {
    id: known.accountId,
    kind: 'customer',
    name,
    email,
    roles: ['company-admin'],
    companyId: known.companyId,
    emailVerified: true,
    via: { kind: 'session' },
    sessionId: '',
  }
}
