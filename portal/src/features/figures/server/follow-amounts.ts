import { offerWorth } from '#features/offers/server'
import { inquiryWorth, leadOrigin } from '#features/sales/server'
import type { Listener, Platform } from '#platform/server'
import { sourceOf, type ValuedStep } from '../core/index.ts'
import type { FigureTables } from './tables.ts'
import { dayNow } from './tally.ts'

const name = 'figures.follow-amounts'

/** What was asked for, at its price then; without a price there is no amount. Whatever sales works out later is an offer's. */
export const followSubmitted: Listener<'inquiry.submitted'> = {
  name,
  async handle({ data: { inquiryId, configurationId }, at }, platform) {
    const worth = await inquiryWorth(platform.database, { inquiryId, configurationId })
    if (!worth) return
    const { productId, source, ...money } = worth
    await note(platform, {
      fact: 'inquired',
      subjectId: inquiryId,
      version: 0,
      at,
      productId,
      source: sourceOf(source),
      ...money,
    })
  },
}

export const followSent: Listener<'offer.sent'> = {
  name,
  handle: ({ data, at }, platform) => noteOffer(platform, 'offered', data, at),
}

export const followAccepted: Listener<'offer.accepted'> = {
  name,
  handle: ({ data, at }, platform) => noteOffer(platform, 'won', data, at),
}

interface OfOffer {
  offerId: string
  versionId: string
  leadId: string
  version: number
}

/** An offer belongs to the product and the source of its inquiry. */
async function noteOffer(
  platform: Platform,
  fact: 'offered' | 'won',
  { offerId, versionId, leadId, version }: OfOffer,
  at: string,
): Promise<void> {
  const money = await offerWorth(platform.database, versionId)
  const origin = await originOf(platform, leadId)
  if (money && origin) await note(platform, { fact, subjectId: offerId, version, at, ...origin, ...money })
}

/** As the lead is counted; where it is not yet, as it stands. null: it is not there any more */
async function originOf({ database }: Platform, leadId: string): Promise<{ productId: string; source: string } | null> {
  const counted = await database
    .db<FigureTables>()
    .selectFrom('figure_lead')
    .select(['product_id as productId', 'source'])
    .where('lead_id', '=', leadId)
    .executeTakeFirst()
  if (counted) return counted
  const origin = await leadOrigin(database, leadId)
  return origin && { productId: origin.productId, source: sourceOf(origin.source) }
}

interface Noted {
  fact: ValuedStep
  subjectId: string
  version: number
  at: string
  productId: string
  source: string
  currency: string
  /** minor units */
  net: number
}

async function note(platform: Platform, { subjectId, at, productId, net, ...rest }: Noted): Promise<void> {
  const day = await dayNow(platform, new Date(at))
  await platform.database
    .db<FigureTables>()
    .insertInto('figure_amount')
    .values({ ...rest, subject_id: subjectId, day, product_id: productId, amount: net })
    .onConflict(conflict => conflict.doNothing())
    .execute()
}
