import { useState } from 'react'
import { useRevalidator } from 'react-router'
import { ProblemNotice } from '#features/accounts/web'
import { formatTime } from '#platform/core'
import {
  ActionButton,
  api,
  BottomSheet,
  ConfirmDialog,
  StatusBadge,
  useLanguage,
  useProblem,
  useTexts,
  useTimeZone,
} from '#platform/web'
import { type CredentialView, type DeviceDetail, revokeCredential } from '../../core/index.ts'
import style from './console.module.css'
import { IssueCertificate } from './issue-certificate.tsx'
import { NewCredential } from './new-credential.tsx'

/** By what a machine signs in. */
export function CredentialsCard({
  device,
  mayWrite,
  certifies,
}: {
  device: DeviceDetail
  mayWrite: boolean
  /** the manufacturer's authority has begun */
  certifies: boolean
}) {
  const t = useTexts('devices')
  const { revalidate } = useRevalidator()
  const { problem, attempt } = useProblem()
  const [adds, setAdds] = useState<'token' | 'certificate' | 'issued' | null>(null)
  const [revokes, setRevokes] = useState<CredentialView | null>(null)
  const revoke = async () => {
    const params = { deviceId: device.id, credentialId: revokes!.id }
    await attempt(() => api.call(revokeCredential, { params }))
    setRevokes(null)
    await revalidate()
  }
  const close = () => {
    setAdds(null)
    void revalidate()
  }
  const nameOf = ({ label, kind, fingerprint }: CredentialView) => label || `${t(`credential.${kind}`)} ${fingerprint}`
  return (
    <section className={style.card}>
      <h2>{t('console.credentials')}</h2>
      <p className={style.muted}>{t('console.credentialsHelp')}</p>
      <ProblemNotice problem={problem} />
      {device.credentials.length === 0 ? <p>{t('console.credentialsNone')}</p> : null}
      <ul className={style.items} aria-label={t('console.credentials')}>
        {device.credentials.map(credential => (
          <li key={credential.id} className={credential.valid ? undefined : style.past}>
            <div className={style.item}>
              <span>{nameOf(credential)}</span>
              <CredentialFacts credential={credential} />
            </div>
            {mayWrite && credential.revokedAt === null ? (
              <ActionButton
                size="small"
                strength="quiet"
                aria-label={t('credential.revokeOf', { name: nameOf(credential) })}
                onClick={() => setRevokes(credential)}
              >
                {t('credential.revoke')}
              </ActionButton>
            ) : null}
          </li>
        ))}
      </ul>
      {mayWrite ? (
        <div className={style.actions}>
          <ActionButton size="small" onClick={() => setAdds('token')}>
            {t('credential.addToken')}
          </ActionButton>
          {certifies ? (
            <ActionButton size="small" onClick={() => setAdds('issued')}>
              {t('console.authority.issue')}
            </ActionButton>
          ) : null}
          <ActionButton size="small" onClick={() => setAdds('certificate')}>
            {t('console.addCertificate')}
          </ActionButton>
        </div>
      ) : null}
      <BottomSheet
        open={adds !== null}
        title={t(
          adds === 'issued'
            ? 'console.authority.issue'
            : adds === 'certificate'
              ? 'console.addCertificate'
              : 'credential.addToken',
        )}
        onClose={close}
      >
        {adds === 'issued' ? <IssueCertificate device={device} onDone={close} /> : null}
        {adds === 'token' || adds === 'certificate' ? <NewCredential device={device} kind={adds} onDone={close} /> : null}
      </BottomSheet>
      <ConfirmDialog
        open={revokes !== null}
        title={t('credential.revokeTitle', { name: revokes ? nameOf(revokes) : '' })}
        action={t('credential.revoke')}
        danger
        onConfirm={() => void revoke()}
        onClose={() => setRevokes(null)}
      >
        {t('credential.revokeHelp')}
      </ConfirmDialog>
    </section>
  )
}

function CredentialFacts({ credential }: { credential: CredentialView }) {
  const t = useTexts('devices')
  const language = useLanguage()
  const zone = useTimeZone()
  const { kind, label, fingerprint, valid, expiresAt, revokedAt, lastUsedAt, company } = credential
  const at = (time: string) => formatTime(time, language, zone)
  const state = revokedAt
    ? t('console.revoked')
    : !valid
      ? t('console.expired')
      : expiresAt
        ? t('credential.validUntil', { at: at(expiresAt) })
        : t('console.valid')
  return (
    <>
      <StatusBadge tone={valid ? (expiresAt ? 'active' : 'good') : 'neutral'}>{state}</StatusBadge>
      <span className={style.muted}>
        {[
          ...(label ? [`${t(`credential.${kind}`)} ${fingerprint}`] : []),
          lastUsedAt ? t('credential.lastUsed', { at: at(lastUsedAt) }) : t('credential.unused'),
          ...(company ? [t('console.byOwner', { name: company.name })] : []),
        ].join(' · ')}
      </span>
    </>
  )
}
