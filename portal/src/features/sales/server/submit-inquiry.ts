import type { z } from 'zod'
import { findConfiguration, saveConfiguration } from '#features/configurator/server'
import { invalid, type RequestContext } from '#platform/server'
import { contactConsent, type submitInquiry as contract } from '../core/index.ts'
import { attachToInquiry } from './attachments.ts'
import { type Sender, writeInquiry } from './write-inquiry.ts'

type Visitor = Sender & Pick<RequestContext, 'headers'>
type Inquiry = z.output<NonNullable<typeof contract.body>>

/**
 * Saves the configuration (checked again, its price included), the contact and the inquiry with its attachments in one transaction
 * with the event that opens a lead and mails the visitor. Answers the token of the visitor's page.
 */
export async function submitInquiry(context: Visitor, inquiry: Inquiry): Promise<{ token: string }> {
  const { platform, account } = context
  if (inquiry.consent.version !== contactConsent.version) throw consentOutdated(inquiry.consent.version)
  return platform.database.transaction(async () => {
    const { configuration } = inquiry
    const about =
      'token' in configuration
        ? await findConfiguration(platform.database, configuration.token)
        : await saveConfiguration(platform, configuration, account)
    const { inquiryId, token } = await writeInquiry(context, {
      ...{ ...about, subject: null, contact: inquiry.contact, message: inquiry.message, unlisted: inquiry.unlisted },
      ...{ callBack: inquiry.callBack ?? null, source: optedOut(context) ? {} : inquiry.source },
    })
    await attachToInquiry(platform, inquiryId, inquiry.attachments)
    return { token }
  })
}

/** Global Privacy Control: where the visit came from is not for us to know. */
const optedOut = ({ headers }: Visitor): boolean => headers.get('sec-gpc')?.trim() === '1'

export const consentOutdated = (version: string) =>
  invalid([
    {
      field: '/consent/version',
      value: version,
      message: { 'zh-CN': '同意条款已更新。', en: 'The consent text has changed.' },
      remedy: { 'zh-CN': '请重新加载页面，阅读新条款后再提交。', en: 'Reload the page, read the new text and submit again.' },
    },
  ])
