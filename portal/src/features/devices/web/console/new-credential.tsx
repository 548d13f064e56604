import { useState } from 'react'
import { ProblemNotice, useEntry } from '#features/accounts/web'
import { ActionButton, api, Notice, SelectField, TextAreaField, TextField, useTexts } from '#platform/web'
import { addCredential, type DeviceDetail } from '../../core/index.ts'
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
      <TextField
        label={t('console.label')}
        name="label"
        optional
        maxLength={60}
        help={t('console.labelHelp')}
        error={entry.errors.label}
      />
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
        {t(kind === 'token' ? 'console.addToken' : 'console.addCertificate')}
      </ActionButton>
    </form>
  )
}

function TokenOnce({ deviceId, token, onKept }: { deviceId: string; token: string; onKept(): void }) {
  const t = useTexts('devices')
  const [told, setTold] = useState('')
  const copy = () =>
    navigator.clipboard.writeText(token).then(
      () => setTold(t('once.copied')),
      () => setTold(t('once.copyFailed')),
    )
  return (
    <div className={style.sheet}>
      <Notice tone="warn" title={t('console.tokenOnce')}>
        <p>{t('console.tokenOnceHelp')}</p>
      </Notice>
      <TextField label={t('console.tokenOnceUser')} readOnly value={deviceId} />
      <TextField label={t('console.tokenOnceValue')} readOnly value={token} />
      <div className={style.actions}>
        <ActionButton onClick={() => void copy()}>{t('console.copyToken')}</ActionButton>
        <ActionButton strength="primary" onClick={onKept}>
          {t('console.kept')}
        </ActionButton>
        <span role="status">{told}</span>
      </div>
    </div>
  )
}
