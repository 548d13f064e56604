import { type TOTP, URI } from 'otpauth'
import type { Api } from '#platform/core'
import type { Platform } from '#platform/server'
import { beginAuthenticator, confirmAuthenticator } from '../core/index.ts'

/** The app in somebody's hand: its code `at` a time. */
export type App = (at: Date) => string

/** What a phone makes of the picture on the page. */
export function appOf({ uri }: { uri: string }): App {
  const totp = URI.parse(uri) as TOTP
  return at => totp.generate({ timestamp: at.getTime() })
}

/** Sets an authenticator app up for whoever is signed in. */
export async function setAppUp(
  someone: Api,
  platform: Platform,
  password: string,
): Promise<{ app: App; recoveryCodes: string[] }> {
  const begun = await someone.call(beginAuthenticator, { body: { proof: { method: 'password', password } } })
  const app = appOf(begun)
  const { recoveryCodes } = await someone.call(confirmAuthenticator, { body: { code: app(platform.now()) } })
  return { app, recoveryCodes }
}

/** Stops the clock; the test turns it: codes of an app work once, waits are counted in seconds, and tests do neither wait nor hurry. */
export function turnClock(platform: Platform): { forward(seconds: number): void } {
  let now = Date.now()
  platform.now = () => new Date(now)
  return {
    forward(seconds) {
      now += seconds * 1000
    },
  }
}
