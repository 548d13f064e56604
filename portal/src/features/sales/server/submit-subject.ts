import { companyName, personOf } from '#features/accounts/server'
import type { Account } from '#platform/server'
import { contactConsent, type InquirySubject } from '../core/index.ts'
import { consentOutdated } from './submit-inquiry.ts'
import { type Sender, writeInquiry } from './write-inquiry.ts'

/**
 * Asks for something that is no configuration in the name of a customer who is signed in, in the ambient transaction: by this the features that
 * sell it come to a lead. Answers the token of the inquiry's page. 422 where the consent text that was read is not the present one.
 */
export async function submitSubject(
  context: Sender & { account: Account },
  { subject, message, consent }: { subject: InquirySubject; message: string; consent: string },
): Promise<string> {
  if (consent !== contactConsent.version) throw consentOutdated(consent)
  const { platform, account } = context
  const [person, company] = await Promise.all([
    personOf(platform, account.id),
    account.companyId ? companyName(platform.database, account.companyId) : null,
  ])
  const contact = { name: account.name, company: company ?? '', email: account.email, phone: person?.phone ?? '' }
  const nothing = { configurationId: null, productId: null, unlisted: '', callBack: null, source: {} }
  return (await writeInquiry(context, { ...nothing, subject, contact, message })).token
}
