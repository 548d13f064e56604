import { useState } from 'react'
import { ProblemNotice, useEntry } from '#features/accounts/web'
import { ActionButton, api, Choice, DescriptionList, Notice, TextAreaField, TextField, useTexts } from '#platform/web'
import { type DeviceDetail, type IssuedCertificate, issueCertificate } from '../../core/index.ts'
import { CredentialLabel } from '../credential-label.tsx'
import { saveFile } from '../save-file.ts'
import style from './console.module.css'

/** A certificate of the manufacturer's authority, for a key the machine has made or for one that is shown once. */
export function IssueCertificate({ device, onDone }: { device: DeviceDetail; onDone(): void }) {
  const t = useTexts('devices')
  const [issued, setIssued] = useState<IssuedCertificate | null>(null)
  const entry = useEntry(
    () => ({}),
    async typed => {
      const body = {
        label: typed.text('label'),
        months: Number(typed.text('months')),
        request: typed.text('request'),
        pkcs12: typed.all('pkcs12').length > 0,
      }
      setIssued(await api.call(issueCertificate, { params: { deviceId: device.id }, body }))
    },
  )
  if (issued) return <CertificateOnce serial={device.serial} issued={issued} onKept={onDone} />
  return (
    <form className={style.sheet} method="post" noValidate onSubmit={entry.onSubmit}>
      <ProblemNotice problem={entry.problem} />
      <CredentialLabel error={entry.errors.label} />
      <TextField
        label={t('console.authority.months')}
        name="months"
        type="number"
        required
        min={1}
        max={120}
        defaultValue={24}
        help={t('console.authority.monthsHelp')}
        error={entry.errors.months}
      />
      <TextAreaField
        label={t('console.authority.request')}
        name="request"
        optional
        rows={4}
        spellCheck={false}
        help={t('console.authority.requestHelp')}
        error={entry.errors.request}
      />
      <Choice type="checkbox" name="pkcs12" label={t('console.authority.pkcs12')} help={t('console.authority.pkcs12Help')} />
      <ActionButton type="submit" strength="primary" disabled={entry.busy}>
        {t('console.authority.issue')}
      </ActionButton>
    </form>
  )
}

function CertificateOnce({ serial, issued, onKept }: { serial: string; issued: IssuedCertificate; onKept(): void }) {
  const t = useTexts('devices')
  const { certificate, key, authority, pkcs12 } = issued
  return (
    <div className={style.sheet}>
      <Notice tone={key ? 'warn' : 'info'} title={t(key ? 'console.authority.keyOnce' : 'console.authority.issued')}>
        <p>{t(key ? 'console.authority.keyOnceHelp' : 'console.authority.issuedHelp')}</p>
      </Notice>
      {pkcs12 ? (
        <DescriptionList
          items={[{ term: t('console.authority.password'), value: <code className={style.code}>{pkcs12.password}</code> }]}
        />
      ) : null}
      <div className={style.actions}>
        {pkcs12 ? (
          <ActionButton onClick={() => saveFile(`${serial}.p12`, bytesOf(pkcs12.content))}>
            {t('console.authority.savePkcs12')}
          </ActionButton>
        ) : null}
        {key ? (
          <ActionButton onClick={() => saveFile(`${serial}.key`, key)}>{t('console.authority.saveKey')}</ActionButton>
        ) : null}
        <ActionButton onClick={() => saveFile(`${serial}.crt`, certificate)}>
          {t('console.authority.saveCertificate')}
        </ActionButton>
        <ActionButton onClick={() => saveFile('authority.crt', authority)}>{t('console.authority.saveAuthority')}</ActionButton>
        <ActionButton strength="primary" onClick={onKept}>
          {t('credential.kept')}
        </ActionButton>
      </div>
    </div>
  )
}

const bytesOf = (base64: string) => Uint8Array.from(atob(base64), sign => sign.charCodeAt(0))
