import { startAuthentication, startRegistration } from '@simplewebauthn/browser'
import { type Problem, ProblemError } from '#platform/core'
import type { Translate } from '#platform/web'
import type { PasskeyAnswer, PasskeyOptions } from '../core/index.ts'

/** Has the browser answer by a passkey. What goes wrong in it, the reader's own "no" among it, is thrown as a problem of this page. */
export const askPasskey = (options: PasskeyOptions, t: Translate): Promise<PasskeyAnswer> =>
  inBrowser(t, () => startAuthentication({ optionsJSON: options as never }))

/** Has the browser make a passkey. */
export const makePasskey = (options: PasskeyOptions, t: Translate): Promise<PasskeyAnswer> =>
  inBrowser(t, () => startRegistration({ optionsJSON: options as never }))

async function inBrowser(t: Translate, ask: () => Promise<unknown>): Promise<PasskeyAnswer> {
  try {
    return (await ask()) as PasskeyAnswer
  } catch {
    const problem: Problem = {
      type: '/problems/passkey-refused',
      title: t('passkeys.cancelled'),
      status: 400,
      detail: t('passkeys.cancelled'),
      remedy: t('passkeys.cancelledHelp'),
      requestId: '',
    }
    throw new ProblemError(problem)
  }
}
