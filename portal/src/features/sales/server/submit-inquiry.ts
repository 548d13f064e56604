import { randomBytes } from 'node:crypto'
import type { z } from 'zod'
import { findConfiguration, saveConfiguration } from '#features/configurator/server'
import { giveConsent } from '#features/privacy/server'
import { normalizePhone } from '#platform/core'
import { emailDigest, invalid, phoneDigest, type RequestContext, sealFields } from '#platform/server'
import { contactConsent, type submitInquiry as contract } from '../core/index.ts'
import { attachToInquiry } from './attachments.ts'
import type { SalesTables } from './tables.ts'

/** What it needs to know of the request. */
type Sender = Pick<RequestContext, 'platform' | 'account' | 'language' | 'now' | 'headers' | 'requestId'>

type Inquiry = z.output<NonNullable<typeof contract.body>>

/**
 * Saves the configuration (checked again, its price included), the contact and the inquiry with its attachments in one transaction
 * with the event that opens a lead and mails the visitor. Answers the token of the visitor's page.
 */
export async function submitInquiry(context: Sender, inquiry: Inquiry): Promise<{ token: string }> {
  const { platform, account, language, now } = context
  if (inquiry.consent.version !== contactConsent.version) throw consentOutdated(inquiry.consent.version)
  const { database, vault } = platform
  return database.transaction(async () => {
    const db = database.db<SalesTables>()
    const { configuration } = inquiry
    const { configurationId, productId } =
      'token' in configuration
        ? await findConfiguration(database, configuration.token)
        : await saveConfiguration(platform, configuration, account)

    const contactId = platform.newId()
    const email = inquiry.contact.email || null
    const phone = normalizePhone(inquiry.contact.phone)
    const customer = account?.kind === 'customer' ? account : null
    await db
      .insertInto('contact')
      .values({
        id: contactId,
        name: inquiry.contact.name,
        ...(await sealFields(vault, 'contact', { email, phone })),
        email_digest: email && emailDigest(vault, email),
        phone_digest: phone && phoneDigest(vault, phone),
        company_name: inquiry.contact.company,
        language,
        account_id: customer?.id ?? null,
        company_id: customer?.companyId ?? null,
        created_at: now,
      })
      .execute()

    const inquiryId = platform.newId()
    const token = randomBytes(16).toString('base64url')
    await db
      .insertInto('inquiry')
      .values({
        id: inquiryId,
        token,
        configuration_id: configurationId,
        contact_id: contactId,
        ...(await sealFields(vault, 'inquiry', { message: inquiry.message, unlisted: inquiry.unlisted })),
        call_back: inquiry.callBack ?? null,
        consent_version: inquiry.consent.version,
        consent_at: now,
        source: JSON.stringify(optedOut(context) ? {} : inquiry.source),
        created_at: now,
      })
      .execute()
    await giveConsent(platform, {
      purpose: 'inquiry',
      version: inquiry.consent.version,
      language,
      accountId: customer?.id ?? null,
      emailDigest: email && emailDigest(vault, email),
      phoneDigest: phone && phoneDigest(vault, phone),
      form: 'inquiry',
      requestId: context.requestId,
    })
    await attachToInquiry(platform, inquiryId, inquiry.attachments)
    await platform.record('inquiry.submitted', { inquiryId, configurationId, productId })
    return { token }
  })
}

/** Global Privacy Control: where the visit came from is not for us to know. */
const optedOut = ({ headers }: Sender): boolean => headers.get('sec-gpc')?.trim() === '1'

const consentOutdated = (version: string) =>
  invalid([
    {
      field: '/consent/version',
      value: version,
      message: { 'zh-CN': '同意条款已更新。', en: 'The consent text has changed.' },
      remedy: { 'zh-CN': '请重新加载页面，阅读新条款后再提交。', en: 'Reload the page, read the new text and submit again.' },
    },
  ])
