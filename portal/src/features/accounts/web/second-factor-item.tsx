import { useState } from 'react'
import { formatDate } from '#platform/core'
import { ActionButton, api, BottomSheet, useLanguage, useTexts, useTimeZone } from '#platform/web'
import {
  beginAuthenticator,
  confirmAuthenticator,
  type NewAuthenticator,
  renewRecoveryCodes,
  type SecurityView,
  turnAuthenticatorOff,
} from '../core/index.ts'
import { AuthenticatorSetup } from './authenticator-setup.tsx'
import { ProofForm } from './proof-form.tsx'
import { RecoveryCodes } from './recovery-codes.tsx'
import { SecurityItem } from './security-item.tsx'

type Step = { kind: 'begin' | 'renew' | 'off' } | { kind: 'scan'; begun: NewAuthenticator } | { kind: 'codes'; codes: string[] }

/** The authenticator app and its recovery codes: set up, make new codes, turn off. */
export function SecondFactorItem({ security, onChanged }: { security: SecurityView; onChanged(message: string): void }) {
  const t = useTexts('accounts')
  const language = useLanguage()
  const zone = useTimeZone()
  const [step, setStep] = useState<Step | null>(null)
  const { authenticator, methods, secondFactorRequired } = security
  const finish = (message: string) => {
    setStep(null)
    onChanged(message)
  }
  // what is shown once does not vanish by a touch beside it
  const close = () => (step?.kind === 'codes' ? finish(t('security.authenticatorOn')) : setStep(null))
  return (
    <SecurityItem
      title={t('security.authenticator')}
      state={
        authenticator
          ? t('security.authenticatorSince', { date: formatDate(authenticator.since, language, zone) })
          : t('security.authenticatorNone')
      }
      detail={authenticator ? t('security.codesLeft', { count: authenticator.recoveryCodes }) : undefined}
      attention={authenticator !== null && authenticator.recoveryCodes < 3}
      actions={
        authenticator ? (
          <>
            <ActionButton size="small" onClick={() => setStep({ kind: 'renew' })}>
              {t('security.renewCodes')}
            </ActionButton>
            {secondFactorRequired ? null : (
              <ActionButton size="small" strength="quiet" onClick={() => setStep({ kind: 'off' })}>
                {t('security.turnOff')}
              </ActionButton>
            )}
          </>
        ) : (
          <ActionButton size="small" onClick={() => setStep({ kind: 'begin' })}>
            {t('security.setUp')}
          </ActionButton>
        )
      }
    >
      <BottomSheet open={step !== null} title={step ? t(`security.step.${step.kind}`) : ''} onClose={close}>
        {step?.kind === 'begin' ? (
          <ProofForm
            methods={methods}
            action={t('security.onward')}
            onProof={async proof => setStep({ kind: 'scan', begun: await api.call(beginAuthenticator, { body: { proof } }) })}
          />
        ) : null}
        {step?.kind === 'scan' ? (
          <AuthenticatorSetup
            begun={step.begun}
            onCode={async code => {
              const { recoveryCodes } = await api.call(confirmAuthenticator, { body: { code } })
              setStep({ kind: 'codes', codes: recoveryCodes })
            }}
          />
        ) : null}
        {step?.kind === 'renew' ? (
          <ProofForm
            methods={methods}
            action={t('security.renewCodes')}
            onProof={async proof => {
              const { recoveryCodes } = await api.call(renewRecoveryCodes, { body: { proof } })
              setStep({ kind: 'codes', codes: recoveryCodes })
            }}
          >
            <p>{t('security.renewLead')}</p>
          </ProofForm>
        ) : null}
        {step?.kind === 'off' ? (
          <ProofForm
            methods={methods}
            action={t('security.turnOff')}
            onProof={async proof => {
              await api.call(turnAuthenticatorOff, { body: { proof } })
              finish(t('security.authenticatorOff'))
            }}
          >
            <p>{t('security.turnOffLead')}</p>
          </ProofForm>
        ) : null}
        {step?.kind === 'codes' ? (
          <RecoveryCodes codes={step.codes} onKept={() => finish(t('security.authenticatorOn'))} />
        ) : null}
      </BottomSheet>
    </SecurityItem>
  )
}
