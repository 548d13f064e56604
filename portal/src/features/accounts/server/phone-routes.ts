import { normalizePhone } from '#platform/core'
import { type Platform, phoneDigest, route } from '#platform/server'
import * as api from '../core/index.ts'
import { confirmedPhoneOf, dropConfirmedPhone, keepConfirmedPhone } from './confirmed-phones.ts'
import { codeRefused } from './failures.ts'
import { askForCode, type CodeOnItsWay, takeCode } from './phone-codes.ts'
import { prove } from './prove.ts'
import { signedIn, visitorOf } from './security-routes.ts'
import { askToSignInByPhone, signInByPhone } from './sign-in-by-phone.ts'
import { beginTry } from './throttle.ts'

/** Signing in by phone, and the number of the own account. */
export const phoneRoutes = [
  route(api.askForPhoneCode, ({ body }, { platform, address }) =>
    askToSignInByPhone(platform, { phone: normalizePhone(body.phone)!, address }),
  ),
  route(api.signInByPhone, async ({ body }, context) => {
    const { cookies, ...entered } = await signInByPhone(context.platform, { ...body, visitor: visitorOf(context) })
    for (const cookie of cookies) context.setCookie(cookie)
    return entered
  }),
  route(api.askForPhoneProof, async (_, context) => {
    const { platform, address } = context
    const { id: accountId } = signedIn(context)
    const phone = await confirmedPhoneOf(platform, accountId)
    return askForCode(platform, { purpose: 'prove', phone, accountId, address }, sending(platform))
  }),
  route(api.beginPhone, async ({ body }, context) => {
    const { platform, address } = context
    const { id: accountId } = signedIn(context)
    await prove(platform, accountId, body.proof)
    const phone = normalizePhone(body.phone)!
    return askForCode(platform, { purpose: 'confirm', phone, accountId, address }, sending(platform))
  }),
  route(api.confirmPhone, async ({ body }, context) => {
    await confirmPhone(context.platform, signedIn(context).id, { ...body, phone: normalizePhone(body.phone)! })
    return undefined
  }),
  route(api.removePhone, async ({ body }, context) => {
    const { platform } = context
    const { id } = signedIn(context)
    await prove(platform, id, body.proof)
    await platform.database.transaction(() => dropConfirmedPhone(platform, id))
    return undefined
  }),
]

const sending =
  (platform: Platform) =>
  async ({ phone, code, until }: CodeOnItsWay) => {
    await platform.sms?.send({ to: phone, template: 'code', params: { code }, until })
  }

interface Confirming {
  token: string
  /** E.164; the code was sent to no other */
  phone: string
  code: string
}

async function confirmPhone(platform: Platform, accountId: string, { token, phone, code }: Confirming): Promise<void> {
  const attempt = await beginTry(platform, { action: 'prove', subject: accountId, address: null })
  const digest = await takeCode(platform, 'confirm', { token, code, accountId })
  if (digest !== phoneDigest(platform.vault, phone)) throw codeRefused()
  await attempt.succeeded()
  await platform.database.transaction(() => keepConfirmedPhone(platform, accountId, phone))
}
