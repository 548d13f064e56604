import { agreement, createOffer, getOffer, sendOffer } from '#features/offers/core'
import type { World } from '../two-companies.ts'
import type { Call } from './call.ts'

export const offersCalls: Record<string, Call> = {
  'offers.createOffer': { call: ({ own }) => ({ params: { leadId: own.leadId } }) },
  'offers.listOffers': { call: ({ own }) => ({ query: { lead: own.leadId } }) },
  'offers.getOffer': { call: async world => ({ params: (await newOffer(world)).params }) },
  'offers.saveOfferDraft': {
    async call(world) {
      const { params, ifMatch, offer } = await newOffer(world)
      return { params, ifMatch, body: { recipient: offer.recipient, content: offer.content } }
    },
  },
  'offers.previewOffer': { call: async world => ({ params: (await newOffer(world)).params }) },
  'offers.sendOffer': { call: newOffer },
  'offers.followOffer': { call: newSentOffer },
  'offers.withdrawOffer': { call: async world => ({ ...(await newOffer(world)), body: {} }) },
  'offers.answerOffer': { call: async world => ({ params: (await newSentOffer(world)).params, body: { text: 'Yes' } }) },
  'offers.getSharedOffer': { call: async world => ({ params: { token: (await newSentOffer(world)).token } }) },
  'offers.writeOnOffer': {
    async call(world) {
      return { params: { token: (await newSentOffer(world)).token }, body: { kind: 'question', name: 'A', text: 'When?' } }
    },
  },
  'offers.acceptOffer': {
    async call(world) {
      const body = { name: 'A', agreed: true, agreementVersion: agreement.version }
      return { params: { token: (await newSentOffer(world)).token }, body }
    },
  },
  'offers.declineOffer': {
    call: async world => ({ params: { token: (await newSentOffer(world)).token }, body: { name: 'A' } }),
  },
  'offers.listMyOffers': {
    async call(world) {
      if (!ownOffers.has(world.own.id)) ownOffers.set(world.own.id, (await newSentOffer(world)).token)
      return { query: { limit: 100 } }
    },
    shows: ({ items }, { id }) => items.some((item: { token: string }) => item.token === ownOffers.get(id)),
  },
  'offers.getMyOffer': {
    rows: 'company',
    call: async world => ({ params: (await newSentOffer(world)).params }),
  },
}

/** Links of offers that were sent, by company. */
const ownOffers = new Map<string, string>()

/** A draft for the company's inquiry. */
async function newOffer(world: World) {
  const sales = await world.api('sales')
  const { id: offerId } = await sales.call(createOffer, { params: { leadId: world.own.leadId } })
  const { value: offer, etag } = await sales.callWithEtag(getOffer, { params: { offerId } })
  return { params: { offerId }, ifMatch: etag, offer }
}

async function newSentOffer(world: World) {
  const sales = await world.api('sales')
  const { params, ifMatch } = await newOffer(world)
  const { value, etag } = await sales.callWithEtag(sendOffer, { params, ifMatch })
  return { params, ifMatch: etag, token: value.history[0]!.path!.replace('/offers/', '') }
}
