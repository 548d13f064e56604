import type { Platform } from '#platform/server'
import type { PasskeyAnswer } from '../core/index.ts'
import { accountLibrary } from './account-library.ts'
import { isPasswordOf } from './check-password.ts'
import { type Entered, enter, openSession, type Visitor } from './enter.ts'
import { emailNotVerified, passkeyRefused, signInRefused } from './failures.ts'
import { knownDevice } from './known-devices.ts'
import { personByPasskey } from './passkeys.ts'
import { findByEmail, viewAccount } from './people.ts'
import { beginTry } from './throttle.ts'

interface Entry {
  email: string
  password: string
  /** false: the cookie ends with the browser */
  remember: boolean
  visitor: Visitor
}

/** Signs in by e-mail and password. An unknown address, a wrong password and a deactivated account answer alike and cost one hash each. */
export async function signIn(platform: Platform, { email, password, remember, visitor }: Entry): Promise<Entered> {
  const person = await findByEmail(platform, email)
  const device = person && (await knownDevice(platform, person.id, visitor.cookies))
  const attempt = await beginTry(platform, {
    action: 'sign-in',
    subject: email,
    address: visitor.address,
    knownDevice: device?.id ?? null,
  })
  if (!(await isPasswordOf(platform, person?.id ?? null, password)) || !person || person.deactivated_at) {
    await attempt.failed()
    // for an unknown address too, so that both cost the same
    await platform.audit.refuse({
      action: 'account.signed-in',
      ...(person && { target: { kind: 'account', id: person.id } }),
      facts: { by: ['password'] },
    })
    throw signInRefused()
  }
  await attempt.succeeded()
  if (!person.email_verified) throw emailNotVerified()
  return enter(platform, { accountId: person.id, by: ['password'], remember, visitor })
}

/** Signs in by a passkey alone: the device has verified its owner, so nothing more is asked. */
export async function signInByPasskey(
  platform: Platform,
  { response, remember, visitor }: { response: PasskeyAnswer; remember: boolean; visitor: Visitor },
) {
  const accountId = await personByPasskey(platform, response)
  if (!accountId) {
    await platform.audit.refuse({ action: 'account.signed-in', facts: { by: ['passkey'] } })
    throw passkeyRefused()
  }
  const { emailVerified } = await viewAccount(platform, accountId)
  if (!emailVerified) throw emailNotVerified()
  return openSession(platform, { accountId, by: ['passkey'], remember, visitor })
}

/** Ends the session of these cookies; answers the cookies that clear them. */
export async function signOut(platform: Platform, cookie: string): Promise<string[]> {
  const { headers } = await accountLibrary(platform).api.signOut({ headers: new Headers({ cookie }), returnHeaders: true })
  return headers.getSetCookie()
}
