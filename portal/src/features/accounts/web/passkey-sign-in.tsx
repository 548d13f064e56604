import { browserSupportsWebAuthn, browserSupportsWebAuthnAutofill, startAuthentication } from '@simplewebauthn/browser'
import { useEffect, useRef, useState } from 'react'
import { ActionButton, api, useProblem, useTexts } from '#platform/web'
import { type AccountView, askForPasskeyToSignIn, type PasskeyAnswer, signInByPasskey } from '../core/index.ts'
import { askPasskey } from './ask-passkey.ts'
import { ProblemNotice } from './fields.tsx'

/**
 * Signing in by a passkey: a button, and where the browser has it, a proposal in the e-mail field (conditional mediation).
 * Shows nothing where the browser knows no passkeys.
 */
export function PasskeySignIn({ onEntered }: { onEntered(account: AccountView): void }) {
  const t = useTexts('accounts')
  const [known, setKnown] = useState(false)
  const { problem, attempt } = useProblem()
  const entering = useRef(false)
  /** The field and the button may both be answered. A second sign-in would end the session of the first, on its way to the next page. */
  async function enter(response: PasskeyAnswer) {
    if (entering.current) return
    entering.current = true
    try {
      const { account } = await api.call(signInByPasskey, { body: { response } })
      onEntered(account)
    } catch (error) {
      entering.current = false
      throw error
    }
  }
  // biome-ignore lint/correctness/useExhaustiveDependencies: once per page; the browser keeps the proposal until it is taken
  useEffect(() => {
    setKnown(browserSupportsWebAuthn())
    void proposeInField(enter).catch(() => {}) // nobody asked for it, so nobody is told
  }, [])
  if (!known) return null
  return (
    <>
      <ProblemNotice problem={problem} />
      <ActionButton
        block
        onClick={() => attempt(async () => enter(await askPasskey(await api.call(askForPasskeyToSignIn, {}), t)))}
      >
        {t('passkeys.signIn')}
      </ActionButton>
    </>
  )
}

async function proposeInField(enter: (response: PasskeyAnswer) => Promise<void>): Promise<void> {
  if (!(await browserSupportsWebAuthnAutofill())) return
  const options = await api.call(askForPasskeyToSignIn, {})
  await enter((await startAuthentication({ optionsJSON: options as never, useBrowserAutofill: true })) as PasskeyAnswer)
}
