import { signedIn } from '#features/accounts/server'
import { type RequestContext, route } from '#platform/server'
import * as api from '../core/index.ts'
import { acceptOffer, declineOffer, writeOnOffer } from './answer-shared-offer.ts'
import { answerOffer, followOffer, saveDraft, sendOffer, withdrawOffer } from './change-offer.ts'
import { createOffer } from './create-offer.ts'
import { listMyOffers, listOffers } from './list-offers.ts'
import { previewPdf } from './pdf-routes.ts'
import { readOffer } from './read-offer.ts'
import { readMine, readShared } from './read-shared-offer.ts'

export const offerRoutes = [
  route(api.createOffer, ({ params }, { platform }) => createOffer(platform, params.leadId)),
  route(api.listOffers, ({ query }, { platform }) => listOffers(platform, query)),
  route(api.getOffer, ({ params }, context) => detail(context, params.offerId)),
  route(api.saveOfferDraft, async ({ params, body, ifMatch }, context) => {
    await saveDraft(context.platform, { ...params, ...body, revision: ifMatch, seesCost: context.may('cost.read') })
    return detail(context, params.offerId)
  }),
  route(api.previewOffer, ({ params, query }, { platform }) => previewPdf(platform, params.offerId, query.language)),
  route(api.sendOffer, async ({ params, ifMatch }, context) => {
    await sendOffer(context.platform, signedIn(context), { ...params, revision: ifMatch })
    return detail(context, params.offerId)
  }),
  route(api.followOffer, async ({ params, ifMatch }, context) => {
    await followOffer(context.platform, { ...params, revision: ifMatch })
    return detail(context, params.offerId)
  }),
  route(api.withdrawOffer, async ({ params, body, ifMatch }, context) => {
    await withdrawOffer(context.platform, signedIn(context), { ...params, ...body, revision: ifMatch })
    return detail(context, params.offerId)
  }),
  route(api.answerOffer, async ({ params, body }, context) => {
    await answerOffer(context.platform, signedIn(context), { ...params, ...body })
    return readOffer(context.platform, signedIn(context), params.offerId)
  }),
  route(api.getSharedOffer, ({ params }, context) => shared(context, params.token)),
  route(api.writeOnOffer, async ({ params, body }, context) => {
    await writeOnOffer(context.platform, { ...params, ...body })
    return shared(context, params.token)
  }),
  route(api.acceptOffer, async ({ params, body }, context) => {
    await acceptOffer(context, { ...params, ...body })
    return shared(context, params.token)
  }),
  route(api.declineOffer, async ({ params, body }, context) => {
    await declineOffer(context.platform, { ...params, ...body })
    return shared(context, params.token)
  }),
  route(api.listMyOffers, ({ query }, { platform, account }) => listMyOffers(platform, account!, query)),
  route(api.getMyOffer, ({ params, query }, { platform, account }) => readMine(platform, account!, { ...params, ...query })),
]

async function detail(context: RequestContext, offerId: string) {
  const offer = await readOffer(context.platform, signedIn(context), offerId)
  return { value: offer, etag: String(offer.revision) }
}

const shared = ({ platform, account }: RequestContext, token: string) => readShared(platform, token, account)
