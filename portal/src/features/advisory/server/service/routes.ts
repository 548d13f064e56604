import { signedIn } from '#features/accounts/server'
import { type RequestContext, type Route, route } from '#platform/server'
import * as api from '../../core/index.ts'
import { changeRequest, deskRequest, listRequests, writeDeskMessage } from './desk-requests.ts'
import { ownRequest, ownRequests, withdrawRequest, writeOwnMessage } from './own-requests.ts'
import { requestService } from './request-service.ts'

const own = (context: RequestContext, requestId: string) =>
  ownRequest(context.platform, signedIn(context), requestId, context.language)

export const serviceRoutes: Route[] = [
  route(api.requestMyService, async ({ params, body }, context) => {
    const { platform, language } = context
    const asked = { account: signedIn(context), language, deviceId: params.deviceId, fields: body }
    return own(context, await requestService(platform, asked))
  }),
  route(api.listMyServiceRequests, async (_, context) => ({ items: await ownRequests(context.platform, signedIn(context)) })),
  route(api.getMyServiceRequest, ({ params }, context) => own(context, params.requestId)),
  route(api.writeMyServiceMessage, async ({ params, body }, context) => {
    await writeOwnMessage(context.platform, signedIn(context), params.requestId, body.text)
    return own(context, params.requestId)
  }),
  route(api.withdrawMyServiceRequest, async ({ params }, context) => {
    await withdrawRequest(context.platform, signedIn(context), params.requestId)
    return own(context, params.requestId)
  }),
  route(api.listServiceRequests, ({ query }, context) => listRequests(context.platform, signedIn(context), query)),
  route(api.getServiceRequest, ({ params }, { platform }) => deskRequest(platform, params.requestId)),
  route(api.changeServiceRequest, async ({ params, body, ifMatch }, context) => {
    await changeRequest(context.platform, signedIn(context), { ...params, revision: ifMatch, change: body })
    return deskRequest(context.platform, params.requestId)
  }),
  route(api.writeServiceMessage, async ({ params, body }, context) => {
    await writeDeskMessage(context.platform, signedIn(context), params.requestId, body.text)
    return (await deskRequest(context.platform, params.requestId)).value
  }),
]
