import { endStreams, route } from '#platform/server'
import * as api from '../core/index.ts'
import { apiKeyRoutes } from './api-key-routes.ts'
import { changeMe } from './change-me.ts'
import { changeStaff, describeRoleChange } from './change-staff.ts'
import { companyRoutes } from './company-routes.ts'
import { confirmationRoutes } from './confirmation-routes.ts'
import { demoAccounts } from './demo-accounts.ts'
import { describeInvitation, inviteStaff } from './invite-staff.ts'
import { viewAccount } from './people.ts'
import { phoneRoutes } from './phone-routes.ts'
import { resetPassword } from './reset-password.ts'
import { describeReset, resetSecondFactor } from './reset-second-factor.ts'
import { securityRoutes, signedIn, visitorOf } from './security-routes.ts'
import { requestLink } from './send-link.ts'
import { sessionRoutes } from './session-routes.ts'
import { setUp } from './set-up.ts'
import { describeWithdrawal, resendStaffInvitation, withdrawStaffInvitation } from './settle-staff-invitation.ts'
import { signIn, signOut } from './sign-in.ts'
import { signUp } from './sign-up.ts'
import { getStaffMember, listStaffPage } from './staff.ts'
import { tableOfRights } from './table-of-rights.ts'
import { verifyEmail } from './verify-email.ts'

const accepted = { status: 'accepted' } as const

export const accountRoutes = [
  route(api.signIn, async ({ body }, context) => {
    const { cookies, ...entered } = await signIn(context.platform, { ...body, visitor: visitorOf(context) })
    for (const cookie of cookies) context.setCookie(cookie)
    return entered
  }),
  route(api.signOut, async (_, { platform, account, headers, setCookie }) => {
    for (const cookie of await signOut(platform, headers.get('cookie') ?? '')) setCookie(cookie)
    if (account) await endStreams(platform.live, account.id, account.sessionId)
    return undefined
  }),
  route(api.signUp, async ({ body }, { platform, language, address }) => {
    await signUp(platform, { ...body, language, address })
    return accepted
  }),
  route(api.verifyEmail, ({ body }, { platform }) => verifyEmail(platform, body.token)),
  route(api.resendVerification, async ({ body }, { platform, address }) => {
    await requestLink(platform, { purpose: 'verify-email', email: body.email, address })
    return accepted
  }),
  route(api.forgotPassword, async ({ body }, { platform, address }) => {
    await requestLink(platform, { purpose: 'reset-password', email: body.email, address })
    return accepted
  }),
  route(api.resetPassword, ({ body }, { platform, address }) => resetPassword(platform, { ...body, address })),
  route(api.setUp, ({ body }, { platform, language }) => setUp(platform, { ...body, language })),
  route(api.listDemoAccounts, async (_, { platform }) => ({ items: demoAccounts(platform) })),

  ...securityRoutes,
  ...phoneRoutes,
  ...confirmationRoutes,
  ...sessionRoutes,
  ...companyRoutes,
  ...apiKeyRoutes,

  route(api.getMe, async (_, { platform, account }) => ({ account: account && (await viewAccount(platform, account.id)) })),
  route(api.changeMe, async ({ body }, context) => ({ account: await changeMe(context.platform, signedIn(context).id, body) })),

  route(api.listRoles, async () => tableOfRights()),
  route(api.listStaff, ({ query }, { platform }) => listStaffPage(platform, query)),
  route(api.getStaffMember, async ({ params }, { platform }) => {
    const member = await getStaffMember(platform, params.accountId)
    return { value: member, etag: member.revision }
  }),
  route(
    api.inviteStaff,
    ({ body }, context) => inviteStaff(context.platform, { ...body, invitedBy: signedIn(context).id }),
    async ({ body }) => describeInvitation(body),
  ),
  route(api.resendStaffInvitation, ({ params }, context) =>
    resendStaffInvitation(context.platform, signedIn(context), { ...params, address: context.address }),
  ),
  route(
    api.withdrawStaffInvitation,
    async ({ params }, context) => {
      await withdrawStaffInvitation(context.platform, signedIn(context), params.accountId)
      return undefined
    },
    ({ params }, context) => describeWithdrawal(context, params.accountId),
  ),
  route(
    api.changeStaff,
    async ({ params, body, ifMatch }, context) => {
      const member = await changeStaff(context.platform, { ...params, ...body, revision: ifMatch, changedBy: signedIn(context) })
      return { value: member, etag: member.revision }
    },
    ({ params, body }, context) => describeRoleChange(context.platform, params.accountId, body.roles),
  ),

  route(
    api.resetSecondFactor,
    ({ params }, context) => resetSecondFactor(context.platform, params.accountId, signedIn(context)),
    ({ params }, context) => describeReset(context.platform, params.accountId),
  ),
]
