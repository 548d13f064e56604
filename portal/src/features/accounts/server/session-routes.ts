import { route } from '#platform/server'
import * as api from '../core/index.ts'
import { deactivate, describeDeactivation, reactivate } from './deactivate.ts'
import { describeOnPeer, findSubordinate } from './find-subordinate.ts'
import { signedIn } from './security-routes.ts'
import { endSession, endSessions, listSessions } from './sessions.ts'

export const sessionRoutes = [
  route(api.listMySessions, async (_, context) => ({ items: await listSessions(context.platform, signedIn(context)) })),
  route(api.endMySession, async ({ params }, context) => {
    await endSession(context.platform, signedIn(context).id, params.sessionId)
    return undefined
  }),
  route(api.endMyOtherSessions, async (_, context) => {
    const { id, sessionId } = signedIn(context)
    await endSessions(context.platform, id, { except: sessionId })
    return undefined
  }),
  route(api.listSessionsOf, async ({ params }, context) => {
    const { id, kind } = await findSubordinate(context.platform, signedIn(context), params.accountId)
    return { items: await listSessions(context.platform, { id, kind, sessionId: null }) }
  }),
  route(
    api.endSessionOf,
    async ({ params }, context) => {
      const { id } = await findSubordinate(context.platform, signedIn(context), params.accountId)
      await endSession(context.platform, id, params.sessionId)
      return undefined
    },
    ({ params }, context) => describeOnPeer(context, params.accountId, signOut),
  ),
  route(
    api.endSessionsOf,
    async ({ params }, context) => {
      const { id } = await findSubordinate(context.platform, signedIn(context), params.accountId)
      await endSessions(context.platform, id)
      return undefined
    },
    ({ params }, context) => describeOnPeer(context, params.accountId, signOut),
  ),
  route(
    api.deactivate,
    async ({ params }, context) => {
      await deactivate(context.platform, signedIn(context), params.accountId, context.confirmed!.reason)
      return undefined
    },
    ({ params }, context) => describeDeactivation(context, params.accountId),
  ),
  route(
    api.reactivate,
    async ({ params }, context) => {
      await reactivate(context.platform, signedIn(context), params.accountId)
      return undefined
    },
    ({ params }, context) =>
      describeOnPeer(context, params.accountId, name => ({
        'zh-CN': `恢复 ${name} 的账户`,
        en: `Reactivate the account of ${name}`,
      })),
  ),
]

const signOut = (name: string) => ({ 'zh-CN': `让 ${name} 退出登录`, en: `Sign ${name} out` })
