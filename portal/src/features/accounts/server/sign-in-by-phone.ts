import { type Platform, phoneDigest } from '#platform/server'
import type { AskedForCode } from '../core/index.ts'
import { findByPhone } from './confirmed-phones.ts'
import { type Entered, enter, type Visitor } from './enter.ts'
import { codeRefused, emailNotVerified } from './failures.ts'
import { knownDevice } from './known-devices.ts'
import { askForCode, type CodeOnItsWay, numberOf, takeCode } from './phone-codes.ts'
import { beginTry } from './throttle.ts'

/** A code for whoever has the number. Whether anybody has is looked up in a job, so that the answer takes as long for nobody's. */
export const askToSignInByPhone = (
  platform: Platform,
  { phone, address }: { phone: string; address: string },
): Promise<AskedForCode> =>
  askForCode(platform, { purpose: 'sign-in', phone, accountId: null, address }, async ({ until, ...code }) => {
    await platform.jobs.enqueue('accounts.send-phone-code', { ...code, until: until.toISOString() })
  })

/** Sends the code where somebody has confirmed the number: no stranger's phone rings, and nobody pays for numbers that were made up. */
export async function sendCodeToOwner(platform: Platform, { phone, code, until }: CodeOnItsWay): Promise<void> {
  const person = await findByPhone(platform, phoneDigest(platform.vault, phone))
  if (person && !person.deactivated_at) await platform.sms?.send({ to: phone, template: 'code', params: { code }, until })
}

interface Entry {
  token: string
  code: string
  /** false: the cookie ends with the browser */
  remember: boolean
  visitor: Visitor
}

/**
 * Signs in by a code and the number it was sent to. One answer for a wrong code, a number nobody has confirmed and a deactivated
 * account. Who has two-step sign-in on is asked for his second factor.
 */
export async function signInByPhone(platform: Platform, { token, code, remember, visitor }: Entry): Promise<Entered> {
  const digest = await numberOf(platform, token)
  const person = digest ? await findByPhone(platform, digest) : undefined
  const device = person && (await knownDevice(platform, person.id, visitor.cookies))
  const attempt = await beginTry(platform, {
    action: 'sign-in',
    subject: `phone ${digest ?? token}`,
    address: visitor.address,
    knownDevice: device?.id ?? null,
  })
  const taken = await takeCode(platform, 'sign-in', { token, code, accountId: null })
  if (!taken || !person || person.deactivated_at) {
    await attempt.failed()
    await platform.audit.refuse({
      action: 'account.signed-in',
      ...(person && { target: { kind: 'account', id: person.id } }),
      facts: { by: ['phone'] },
    })
    throw codeRefused()
  }
  await attempt.succeeded()
  if (!person.email_verified) throw emailNotVerified()
  return enter(platform, { accountId: person.id, by: ['phone'], remember, visitor })
}
