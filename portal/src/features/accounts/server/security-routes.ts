import { pathIn } from '#platform/core'
import { type OidcProvider, type RequestContext, route } from '#platform/server'
import * as api from '../core/index.ts'
import { safeNext } from '../core/index.ts'
import { changePassword } from './change-password.ts'
import { askForPasskeyInSecondStep, beginInSecondStep, takeSecondStep, type Visitor } from './enter.ts'
import { providerUnreachable } from './failures.ts'
import { addPasskey, askForPasskey, beginPasskey, removePasskey, renamePasskey } from './passkeys.ts'
import { prove } from './prove.ts'
import { providerCookie } from './provider-routes.ts'
import { findProvider, listProviders, unlink } from './providers.ts'
import { beginSecondFactor, confirmSecondFactor, renewRecoveryCodes, turnSecondFactorOff } from './second-factor.ts'
import { viewSecurity } from './security.ts'
import { endSessions } from './sessions.ts'
import { signInByPasskey } from './sign-in.ts'
import { ProviderRefusal, startAtProvider } from './sign-in-at-provider.ts'

export const securityRoutes = [
  route(api.takeSecondStep, async ({ body }, context) => {
    const { cookies, ...entered } = await takeSecondStep(context.platform, { ...body, visitor: visitorOf(context) })
    for (const cookie of cookies) context.setCookie(cookie)
    return entered
  }),
  route(api.beginInSecondStep, ({ body }, { platform }) => beginInSecondStep(platform, body.token)),

  route(api.askForPasskeyInSecondStep, ({ body }, { platform, origin }) =>
    askForPasskeyInSecondStep(platform, body.token, origin),
  ),
  route(api.askForPasskeyToSignIn, async (_, { platform, origin }) => ({ ...(await askForPasskey(platform, origin, null)) })),
  route(api.signInByPasskey, async ({ body }, context) => {
    const { account, cookies } = await signInByPasskey(context.platform, { ...body, visitor: visitorOf(context) })
    for (const cookie of cookies) context.setCookie(cookie)
    return { account }
  }),

  route(api.askForPasskey, async (_, context) => ({
    ...(await askForPasskey(context.platform, context.origin, signedIn(context).id)),
  })),
  route(api.beginPasskey, async ({ body }, context) => {
    const { id } = signedIn(context)
    await prove(context.platform, id, body.proof)
    return { ...(await beginPasskey(context.platform, id, context.origin)) }
  }),
  route(api.addPasskey, ({ body }, context) => addPasskey(context.platform, signedIn(context).id, body)),
  route(api.renamePasskey, async ({ params, body }, context) => {
    await renamePasskey(context.platform, signedIn(context).id, { ...params, ...body })
    return undefined
  }),
  route(api.removePasskey, async ({ params, body }, context) => {
    const { id } = signedIn(context)
    await prove(context.platform, id, body.proof)
    await removePasskey(context.platform, id, params.passkeyId)
    await endOtherSessions(context)
    return undefined
  }),

  route(api.listProviders, async (_, { platform, language }) => ({
    items: listProviders(platform, language),
    phone: platform.sms !== null,
  })),
  route(api.startAtProvider, async ({ params, body }, context) => {
    const provider = findProvider(context.platform, params.providerId)
    return { url: await beginAtProvider(context, { provider, next: safeNext(body.next), linkTo: null }) }
  }),
  route(api.linkProvider, async ({ params, body }, context) => {
    const provider = findProvider(context.platform, params.providerId)
    const { id: linkTo } = signedIn(context)
    await prove(context.platform, linkTo, body.proof)
    return { url: await beginAtProvider(context, { provider, next: pathIn(context.language, '/account'), linkTo }) }
  }),
  route(api.unlinkProvider, async ({ params, body }, context) => {
    const provider = findProvider(context.platform, params.providerId)
    const { id } = signedIn(context)
    await prove(context.platform, id, body.proof)
    await unlink(context.platform, id, provider)
    await endOtherSessions(context)
    return undefined
  }),

  route(api.getSecurity, (_, context) => viewSecurity(context.platform, signedIn(context).id, context.language)),
  route(api.changePassword, async ({ body }, context) => {
    const { id: accountId, sessionId } = signedIn(context)
    await changePassword(context.platform, { ...body, accountId, sessionId })
    return undefined
  }),
  route(api.beginAuthenticator, ({ body }, context) => beginSecondFactor(context.platform, signedIn(context).id, body.proof)),
  route(api.confirmAuthenticator, async ({ body }, context) => {
    const recoveryCodes = await confirmSecondFactor(context.platform, signedIn(context).id, body.code)
    await endOtherSessions(context)
    return { recoveryCodes }
  }),
  route(api.turnAuthenticatorOff, async ({ body }, context) => {
    await turnSecondFactorOff(context.platform, signedIn(context).id, body.proof)
    await endOtherSessions(context)
    return undefined
  }),
  route(api.renewRecoveryCodes, async ({ body }, context) => {
    const recoveryCodes = await renewRecoveryCodes(context.platform, signedIn(context).id, body.proof)
    await endOtherSessions(context)
    return { recoveryCodes }
  }),
]

/** Whoever came in by what has just changed is out; the browser that changed it stays. */
async function endOtherSessions(context: RequestContext): Promise<void> {
  const { id, sessionId } = signedIn(context)
  await endSessions(context.platform, id, { except: sessionId })
}

/** Where the browser goes on to; it keeps what its return must fit. */
async function beginAtProvider(
  { platform, origin, setCookie }: RequestContext,
  begun: { provider: OidcProvider; next: string | null; linkTo: string | null },
): Promise<string> {
  const { url, state } = await startAtProvider(platform, { ...begun, origin }).catch(error => {
    throw error instanceof ProviderRefusal ? providerUnreachable() : error
  })
  setCookie(providerCookie(state))
  return url
}

/** The browser a request comes from, as signing in wants to know it. */
export const visitorOf = ({ address, headers }: RequestContext): Visitor => ({
  address,
  userAgent: headers.get('user-agent') ?? '',
  cookies: headers.get('cookie') ?? '',
})

/** Who asks, of an endpoint that lets in nobody else. */
export function signedIn({ account }: RequestContext) {
  if (!account) throw new Error('The endpoint lets in nobody who is not signed in.')
  return account
}
