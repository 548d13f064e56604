import { useEffect, useState } from 'react'
import { ActionButton, api, Choice, useTexts } from '#platform/web'
import {
  type AccountView,
  askForPasskeyInSecondStep,
  beginInSecondStep,
  type NewAuthenticator,
  type SecondProof,
  type SecondStep as Step,
  takeSecondStep,
} from '../core/index.ts'
import { AuthenticatorSetup } from './authenticator-setup.tsx'
import { ProblemNotice } from './fields.tsx'
import style from './form-page.module.css'
import { FormPage } from './form-page.tsx'
import { ProofForm } from './proof-form.tsx'
import { RecoveryCodes } from './recovery-codes.tsx'
import { useEntry } from './use-entry.ts'

interface SecondStepProps {
  step: Step
  remember: boolean
  onEntered(account: AccountView): void
  /** back to the first step */
  onAgain(): void
}

/** The second step of signing in; who must have an authenticator app and has none sets it up here. */
export function SecondStep({ step, remember, onEntered, onAgain }: SecondStepProps) {
  const t = useTexts('accounts')
  const [made, setMade] = useState<{ account: AccountView; codes: string[] } | null>(null)
  // the form took the place of another, and with it the focus
  useEffect(() => document.querySelector<HTMLElement>('[data-first-focus]')?.focus(), [])
  async function take(proof: SecondProof, trustDevice: boolean) {
    const { account, recoveryCodes } = await api.call(takeSecondStep, {
      body: { token: step.token, proof, remember, trustDevice },
    })
    if (recoveryCodes) setMade({ account, codes: recoveryCodes })
    else onEntered(account)
  }
  if (made)
    return (
      <FormPage title={t('recoveryCodes.title')}>
        <RecoveryCodes codes={made.codes} onKept={() => onEntered(made.account)} />
      </FormPage>
    )
  const again = (
    <p>
      <ActionButton strength="quiet" size="small" onClick={onAgain}>
        {t('secondStep.again')}
      </ActionButton>
    </p>
  )
  if (step.methods.length === 0)
    return (
      <FormPage title={t('secondStep.setUpTitle')} lead={t('secondStep.setUpLead')} foot={again}>
        <SetUp token={step.token} onCode={code => take({ method: 'totp', code }, false)} />
      </FormPage>
    )
  return (
    <FormPage title={t('secondStep.title')} lead={t('secondStep.lead')} foot={again}>
      <ProofForm
        methods={step.methods}
        action={t('signIn.submit')}
        passkeyOptions={() => api.call(askForPasskeyInSecondStep, { body: { token: step.token } })}
        onProof={async (proof, typed) => {
          if (proof.method !== 'password' && proof.method !== 'phone') await take(proof, typed.all('trustDevice').length > 0)
        }}
      >
        <Choice type="checkbox" name="trustDevice" label={t('secondStep.trust')} help={t('secondStep.trustHelp')} />
      </ProofForm>
    </FormPage>
  )
}

function SetUp({ token, onCode }: { token: string; onCode(code: string): Promise<void> }) {
  const t = useTexts('accounts')
  const [begun, setBegun] = useState<NewAuthenticator | null>(null)
  const entry = useEntry(
    () => ({}),
    async () => setBegun(await api.call(beginInSecondStep, { body: { token } })),
  )
  if (begun) return <AuthenticatorSetup begun={begun} onCode={onCode} />
  return (
    <form className={style.form} method="post" noValidate onSubmit={entry.onSubmit}>
      <ProblemNotice problem={entry.problem} />
      <ActionButton type="submit" strength="primary" block disabled={entry.busy}>
        {t('authenticator.begin')}
      </ActionButton>
    </form>
  )
}
