import type { Platform } from '#platform/server'
import { accountLibrary } from './account-library.ts'
import { isPasswordOf } from './check-password.ts'
import { type Entered, enter, secured, type Visitor } from './enter.ts'
import { emailNotVerified, signInRefused } from './failures.ts'
import { findByEmail } from './people.ts'
import { countAttempt, demandPatience, forgetAttempts } from './throttle.ts'

interface Entry {
  email: string
  password: string
  /** false: the cookie ends with the browser */
  remember: boolean
  visitor: Visitor
}

/** Signs in by e-mail and password. An unknown address and a wrong password answer alike and cost one hash each. */
export async function signIn(platform: Platform, { email, password, remember, visitor }: Entry): Promise<Entered> {
  const attempt = { action: 'sign-in', email, address: visitor.address } as const
  await demandPatience(platform, attempt)
  const person = await findByEmail(platform, email)
  if (!(await isPasswordOf(platform, person?.id ?? null, password)) || !person) {
    await countAttempt(platform, attempt)
    throw signInRefused()
  }
  if (!person.email_verified) throw emailNotVerified()
  await forgetAttempts(platform, attempt)
  return enter(platform, { accountId: person.id, remember, visitor })
}

/** Ends the session of these cookies; answers the cookies that clear them. */
export async function signOut(platform: Platform, { cookie, origin }: { cookie: string; origin: string }): Promise<string[]> {
  const { headers } = await accountLibrary(platform).api.signOut({ headers: new Headers({ cookie }), returnHeaders: true })
  return headers.getSetCookie().map(cookie => secured(origin, cookie))
}
