import { route } from '#platform/server'
import * as api from '../core/index.ts'
import { decideApproval, describeDecision, listApprovals } from './approvals.ts'
import { confirm } from './confirmations.ts'
import { signedIn } from './security-routes.ts'

export const confirmationRoutes = [
  route(api.confirm, ({ body }, context) => confirm(context.platform, { ...body, account: signedIn(context) })),
  route(api.listApprovals, async (_, context) => ({ items: await listApprovals(context.platform, signedIn(context)) })),
  route(
    api.decideApproval,
    ({ params, body }, context) => decideApproval(context.platform, { ...params, ...body, account: signedIn(context) }),
    ({ params, body }, context) => describeDecision(context, params.approvalId, body.decision),
  ),
]
