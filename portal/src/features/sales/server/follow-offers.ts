import type { OfferFacts } from '#features/offers/core'
import type { EventName } from '#platform/core'
import type { Listener, Platform } from '#platform/server'
import { type LeadStatus, mayMove } from '../core/index.ts'
import { addEntry, type LockedLead, lockLead, moveLead } from './change-lead.ts'

/** What became of an offer, as the timeline tells it. */
export type OfferHappening = 'sent' | 'asked' | 'answered' | 'countered' | 'accepted' | 'declined' | 'withdrawn' | 'expired'

/**
 * Where a lead goes by what becomes of an offer, one step of its table after the other. Whoever is sent an offer has been contacted.
 * What was declined or has expired leaves the lead where it is: sales decides whether another offer follows.
 */
const ways: Partial<Record<OfferHappening, readonly LeadStatus[]>> = { sent: ['contacted', 'offered'], accepted: ['won'] }

const follow = (happening: OfferHappening) => ({
  name: `sales.follow-offer-${happening}`,
  handle: ({ data }: { data: OfferFacts & { by?: string } }, platform: Platform) => followOffer(platform, happening, data),
})

/** The lead hears of its offers: an entry of its timeline for each, and its status where its table allows. */
export const followOffers: { [Name in Extract<EventName, `offer.${OfferHappening}`>]: [Listener<Name>] } = {
  'offer.sent': [follow('sent')],
  'offer.asked': [follow('asked')],
  'offer.answered': [follow('answered')],
  'offer.countered': [follow('countered')],
  'offer.accepted': [follow('accepted')],
  'offer.declined': [follow('declined')],
  'offer.withdrawn': [follow('withdrawn')],
  'offer.expired': [follow('expired')],
}

async function followOffer(
  platform: Platform,
  happening: OfferHappening,
  { leadId, offerId, number, version, by }: OfferFacts & { by?: string },
): Promise<void> {
  await platform.database.transaction(async () => {
    const lead = await lockLead(platform, leadId)
    const author = by === undefined ? null : { id: by }
    const reached = await moveAlong(platform, lead, ways[happening] ?? [], author)
    const wished = ways[happening]?.at(-1)
    await addEntry(platform, leadId, 'offer', author, {
      happening,
      offerId,
      number,
      version,
      ...(wished !== undefined && reached !== wished ? { notMoved: wished } : {}),
    })
  })
}

/** As far along the way as the table allows; a status that is passed already is no step. Answers where the lead stands then. */
async function moveAlong(
  platform: Platform,
  lead: LockedLead,
  way: readonly LeadStatus[],
  author: { id: string } | null,
): Promise<LeadStatus> {
  let status = lead.status
  for (const next of way) {
    if (!mayMove(status, next)) continue
    await moveLead(platform, { ...lead, status }, next, author)
    status = next
  }
  return status
}
