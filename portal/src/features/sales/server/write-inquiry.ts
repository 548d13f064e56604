import { randomBytes } from 'node:crypto'
import { giveConsent } from '#features/privacy/server'
import { normalizePhone } from '#platform/core'
import { emailDigest, phoneDigest, type RequestContext, sealFields } from '#platform/server'
import { type CallBackTime, contactConsent, type InquirySubject, type Source } from '../core/index.ts'
import type { SalesTables } from './tables.ts'

/** What it needs to know of the request. */
export type Sender = Pick<RequestContext, 'platform' | 'account' | 'language' | 'now' | 'requestId'>

interface Written {
  /** of the one or the other */
  configurationId: string | null
  productId: string | null
  subject: InquirySubject | null
  contact: { name: string; company: string; email: string; phone: string }
  message: string
  unlisted: string
  callBack: CallBackTime | null
  source: Source
}

/** Contact, inquiry and consent, in the ambient transaction, with the event that opens a lead and mails whoever asked. */
export async function writeInquiry(context: Sender, written: Written): Promise<{ inquiryId: string; token: string }> {
  const { platform, account, language, now } = context
  const { database, vault } = platform
  const db = database.db<SalesTables>()
  const contactId = platform.newId()
  const email = written.contact.email || null
  const phone = normalizePhone(written.contact.phone)
  const customer = account?.kind === 'customer' ? account : null
  await db
    .insertInto('contact')
    .values({
      id: contactId,
      name: written.contact.name,
      ...(await sealFields(vault, 'contact', { email, phone })),
      email_digest: email && emailDigest(vault, email),
      phone_digest: phone && phoneDigest(vault, phone),
      company_name: written.contact.company,
      language,
      account_id: customer?.id ?? null,
      company_id: customer?.companyId ?? null,
      created_at: now,
    })
    .execute()

  const inquiryId = platform.newId()
  const token = randomBytes(16).toString('base64url')
  const { configurationId, productId } = written
  await db
    .insertInto('inquiry')
    .values({
      id: inquiryId,
      token,
      configuration_id: configurationId,
      subject: written.subject && JSON.stringify(written.subject),
      contact_id: contactId,
      ...(await sealFields(vault, 'inquiry', { message: written.message, unlisted: written.unlisted })),
      call_back: written.callBack,
      consent_version: contactConsent.version,
      consent_at: now,
      source: JSON.stringify(written.source),
      created_at: now,
    })
    .execute()
  await giveConsent(platform, {
    purpose: 'inquiry',
    version: contactConsent.version,
    language,
    accountId: customer?.id ?? null,
    emailDigest: email && emailDigest(vault, email),
    phoneDigest: phone && phoneDigest(vault, phone),
    form: 'inquiry',
    requestId: context.requestId,
  })
  await platform.record('inquiry.submitted', { inquiryId, configurationId, productId })
  return { inquiryId, token }
}
