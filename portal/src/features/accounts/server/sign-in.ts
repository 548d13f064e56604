import type { Platform } from '#platform/server'
import type { AccountView } from '../core/index.ts'
import { accountLibrary, libraryRefusal } from './account-library.ts'
import { emailNotVerified, signInRefused } from './failures.ts'
import { viewAccount } from './people.ts'
import { countAttempt, demandPatience, forgetAttempts } from './throttle.ts'

interface Entry {
  email: string
  password: string
  /** false: the cookie ends with the browser */
  remember: boolean
  /** remote address, for slowing down guesses */
  address: string
  userAgent: string
  /** origin the visitor used; decides Secure */
  origin: string
}

/** Opens a session. An unknown address and a wrong password answer alike and cost one hash each. */
export async function signIn(platform: Platform, entry: Entry): Promise<{ account: AccountView; cookies: string[] }> {
  const attempt = { action: 'sign-in', email: entry.email, address: entry.address } as const
  await demandPatience(platform, attempt)
  try {
    const { headers, response } = await accountLibrary(platform).api.signInEmail({
      body: { email: entry.email, password: entry.password, rememberMe: entry.remember },
      headers: new Headers({ 'user-agent': entry.userAgent.slice(0, 300) }),
      returnHeaders: true,
    })
    await forgetAttempts(platform, attempt)
    return { account: await viewAccount(platform, response.user.id), cookies: cookiesFor(entry.origin, headers) }
  } catch (error) {
    const refusal = libraryRefusal(error)
    if (refusal === 'EMAIL_NOT_VERIFIED') throw emailNotVerified()
    if (refusal === null) throw error
    await countAttempt(platform, attempt)
    throw signInRefused()
  }
}

/** Ends the session of these cookies; answers the cookies that clear them. */
export async function signOut(platform: Platform, { cookie, origin }: { cookie: string; origin: string }): Promise<string[]> {
  const { headers } = await accountLibrary(platform).api.signOut({ headers: new Headers({ cookie }), returnHeaders: true })
  return cookiesFor(origin, headers)
}

const cookiesFor = (origin: string, headers: Headers): string[] =>
  headers.getSetCookie().map(cookie => (origin.startsWith('https:') ? `${cookie}; Secure` : cookie))
