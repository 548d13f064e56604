import { listStaff } from '#features/accounts/server'
import { pathIn } from '#platform/core'
import { type Listener, mailLayout, type Platform, translate } from '#platform/server'
import type { OfferFacts } from '../core/index.ts'
import { findVersion } from './mail-customer.ts'

const occasions = ['asked', 'countered', 'accepted', 'declined', 'expired'] as const
type Occasion = (typeof occasions)[number]

const listener = (occasion: Occasion) => ({
  name: `offers.tell-sales-${occasion}`,
  handle: ({ data }: { data: OfferFacts }, platform: Platform) => tellSales(platform, data, occasion),
})

/** Whoever sent an offer hears by mail what became of it. */
export const tellSalesOf: { [Name in Occasion]: Listener<`offer.${Name}`> } = {
  asked: listener('asked'),
  countered: listener('countered'),
  accepted: listener('accepted'),
  declined: listener('declined'),
  expired: listener('expired'),
}

/** To the sender while he may still work on offers, else to all who may. Numbers alone: nothing of the customer. */
async function tellSales(
  platform: Platform,
  { offerId, versionId, number, version }: OfferFacts,
  occasion: Occasion,
): Promise<void> {
  const found = await findVersion(platform, versionId)
  if (!found) return
  const staff = await listStaff(platform, 'offer.write')
  const sender = staff.filter(({ id }) => id === found.version.sent_by)
  for (const colleague of sender.length > 0 ? sender : staff) {
    const language = platform.languages.writtenIn(colleague.language)
    const say = (key: string) => translate(language, `offers:mail.sales.${key}`, { number, version })
    await platform.mail.send({
      to: colleague.email,
      ...mailLayout(language, {
        subject: say(`${occasion}`),
        paragraphs: [say('text')],
        action: {
          label: say('action'),
          url: new URL(pathIn(language, `/console/offers/${offerId}`), platform.config.publicUrl).href,
        },
      }),
    })
  }
}
