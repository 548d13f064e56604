import { useState } from 'react'
import { ProblemNotice, useEntry } from '#features/accounts/web'
import { ActionButton, api, SelectField, TextAreaField, useTexts } from '#platform/web'
import { addCredential, type DeviceDetail } from '../../core/index.ts'
import { CredentialLabel } from '../credential-label.tsx'
import { TokenOnce } from '../token-once.tsx'
import style from './console.module.css'

interface NewCredentialProps {
  device: DeviceDetail
  kind: 'token' | 'certificate'
  onDone(): void
}

const overlaps = ['', '24', '168', '0'] as const

/** A token, which is shown once, or a certificate. */
export function NewCredential({ device, kind, onDone }: NewCredentialProps) {
  const t = useTexts('devices')
  const [token, setToken] = useState<string | null>(null)
  const entry = useEntry(
    () => ({}),
    async typed => {
      const label = typed.text('label')
      const overlap = typed.text('overlap')
      const body =
        kind === 'token'
          ? ({ kind, label, ...(overlap ? { overlapHours: Number(overlap) } : {}) } as const)
          : ({ kind, label, certificate: typed.text('certificate') } as const)
      const made = await api.call(addCredential, { params: { deviceId: device.id }, body })
      if (made.token) setToken(made.token)
      else onDone()
    },
  )
  if (token) return <TokenOnce deviceId={device.id} token={token} onKept={onDone} />
  const tokens = device.credentials.some(one => one.kind === 'token' && one.valid)
  return (
    <form className={style.sheet} method="post" noValidate onSubmit={entry.onSubmit}>
      <ProblemNotice problem={entry.problem} />
      <CredentialLabel error={entry.errors.label} />
      {kind === 'certificate' ? (
        <TextAreaField
          label={t('console.certificateText')}
          name="certificate"
          required
          rows={5}
          spellCheck={false}
          help={t('console.certificateHelp')}
          error={entry.errors.certificate}
        />
      ) : tokens ? (
        <SelectField
          label={t('console.overlap')}
          name="overlap"
          options={overlaps.map(value => ({
            value,
            label:
              value === ''
                ? t('console.overlapKeep')
                : value === '0'
                  ? t('console.overlapNow')
                  : t('console.overlapHours', { count: Number(value) }),
          }))}
        />
      ) : null}
      <ActionButton type="submit" strength="primary" disabled={entry.busy}>
        {t(kind === 'token' ? 'credential.addToken' : 'console.addCertificate')}
      </ActionButton>
    </form>
  )
}
