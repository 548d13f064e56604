import { route } from '#platform/server'
import * as api from '../core/index.ts'
import { changeCompanyRole, describeCompanyRole, describeRemoval, removeFromCompany } from './change-colleague.ts'
import { changeCompany } from './change-company.ts'
import { getCompany, listCompanies } from './companies.ts'
import { findManagedCompany } from './company-hold.ts'
import { listInvitations, resendInvitation, withdrawInvitation } from './invitations.ts'
import { describeColleague, inviteColleague } from './invite-colleague.ts'
import { joinAsNewcomer, joinCompany, readInvitation } from './join-company.ts'
import { getCompanyRecord } from './known-companies.ts'
import { signedIn, visitorOf } from './security-routes.ts'

type Company = Awaited<ReturnType<typeof getCompany>>

const tagged = (value: Company) => ({ value, etag: String(value.revision) })

export const companyRoutes = [
  route(api.getMyCompany, async (_, context) =>
    tagged(await getCompany(context.platform, signedIn(context).companyId ?? noCompany)),
  ),
  route(api.listCompanies, ({ query }, { platform }) => listCompanies(platform, query)),
  route(api.getCompany, async ({ params }, { platform }) => tagged(await getCompany(platform, params.companyId))),
  route(api.getCompanyRecord, ({ params }, { platform }) => getCompanyRecord(platform, params.companyId)),
  route(api.changeCompany, async ({ params, body, ifMatch }, context) =>
    tagged(await changeCompany(context.platform, signedIn(context), { ...params, ...body, revision: ifMatch })),
  ),

  route(api.listInvitations, async ({ params }, context) => {
    const { platform } = context
    if (signedIn(context).kind === 'customer') await findManagedCompany(platform, signedIn(context), params.companyId)
    else await getCompany(platform, params.companyId)
    return { items: await listInvitations(platform, params.companyId) }
  }),
  route(
    api.inviteColleague,
    ({ params, body }, context) =>
      inviteColleague(context.platform, signedIn(context), { ...params, ...body, address: context.address }),
    ({ params, body }, context) => describeColleague(context.platform, signedIn(context), { ...params, ...body }),
  ),
  route(api.resendInvitation, ({ params }, context) =>
    resendInvitation(context.platform, signedIn(context), { ...params, address: context.address }),
  ),
  route(api.withdrawInvitation, async ({ params }, context) => {
    await withdrawInvitation(context.platform, signedIn(context), params.invitationId)
    return undefined
  }),

  route(
    api.changeCompanyRole,
    async ({ params, body }, context) => {
      const { reason } = context.confirmed!
      await changeCompanyRole(context.platform, signedIn(context), { ...params, ...body, reason })
      return undefined
    },
    ({ params, body }, context) => describeCompanyRole(context, params.accountId, body.role),
  ),
  route(
    api.removeFromCompany,
    async ({ params }, context) => {
      const { reason } = context.confirmed!
      await removeFromCompany(context.platform, signedIn(context), { ...params, reason })
      return undefined
    },
    ({ params }, context) => describeRemoval(context, params.accountId),
  ),

  route(api.readInvitation, ({ params }, { platform, account }) => readInvitation(platform, params.token, account)),
  route(api.joinAsNewcomer, async ({ body }, context) => {
    const { platform, language } = context
    const { account, cookies } = await joinAsNewcomer(platform, { ...body, language, visitor: visitorOf(context) })
    for (const cookie of cookies) context.setCookie(cookie)
    return { account }
  }),
  route(api.joinCompany, ({ body }, context) => joinCompany(context.platform, signedIn(context), body.token)),
]

/** An id nothing has: staff belong to no company, and the answer is the stranger's. */
const noCompany = '00000000-0000-0000-0000-000000000000'
