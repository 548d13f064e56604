import { useState } from 'react'
import { useRevalidator } from 'react-router'
import { ProblemNotice, useEntry } from '#features/accounts/web'
import { formatDate, formatTime } from '#platform/core'
import {
  ActionButton,
  api,
  BottomSheet,
  ConfirmDialog,
  TextAreaField,
  useLanguage,
  useProblem,
  useTexts,
  useTimeZone,
} from '#platform/web'
import {
  addMyToken,
  endMyAuthority,
  nameMyAuthority,
  type OwnCredentials as Own,
  type OwnCredential,
  revokeMyCredential,
} from '../core/index.ts'
import form from './console/console.module.css'
import { CredentialLabel } from './credential-label.tsx'
import style from './machines.module.css'
import { TokenOnce } from './token-once.tsx'

/** By what a machine signs in as far as its owner made it, and the authority that certifies all of his machines. */
export function OwnCredentials({ deviceId, own }: { deviceId: string; own: Own }) {
  const t = useTexts('devices')
  const { revalidate } = useRevalidator()
  const { problem, attempt } = useProblem()
  const [adds, setAdds] = useState<'token' | 'authority' | null>(null)
  const [ends, setEnds] = useState<OwnCredential | 'authority' | null>(null)
  const close = () => {
    setAdds(null)
    void revalidate()
  }
  const end = async () => {
    await attempt(() =>
      ends === 'authority'
        ? api.call(endMyAuthority, {})
        : api.call(revokeMyCredential, { params: { deviceId, credentialId: ends!.id } }),
    )
    setEnds(null)
    await revalidate()
  }
  const nameOf = ({ label, kind, fingerprint }: OwnCredential) => label || `${t(`credential.${kind}`)} ${fingerprint}`
  return (
    <section className={style.section}>
      <h2>{t('own.title')}</h2>
      <p className={style.muted}>{t('own.lead')}</p>
      <ProblemNotice problem={problem} />
      <ul className={style.watchers} aria-label={t('own.title')}>
        {own.credentials.map(credential => (
          <li key={credential.id} className={style.watcher}>
            <CredentialLine credential={credential} name={nameOf(credential)} />
            <ActionButton
              size="small"
              strength="quiet"
              aria-label={t('credential.revokeOf', { name: nameOf(credential) })}
              onClick={() => setEnds(credential)}
            >
              {t('credential.revoke')}
            </ActionButton>
          </li>
        ))}
        {own.authority ? <AuthorityLine authority={own.authority} onEnd={() => setEnds('authority')} /> : null}
      </ul>
      <div className={style.actions}>
        <ActionButton size="small" onClick={() => setAdds('token')}>
          {t('credential.addToken')}
        </ActionButton>
        <ActionButton size="small" onClick={() => setAdds('authority')}>
          {t(own.authority ? 'own.replaceAuthority' : 'own.nameAuthority')}
        </ActionButton>
      </div>
      <BottomSheet
        open={adds !== null}
        title={t(adds === 'authority' ? 'own.nameAuthority' : 'credential.addToken')}
        onClose={close}
      >
        {adds === 'token' ? <NewToken deviceId={deviceId} onDone={close} /> : null}
        {adds === 'authority' ? <NewAuthority onDone={close} /> : null}
      </BottomSheet>
      <ConfirmDialog
        open={ends !== null}
        title={
          ends === 'authority' ? t('own.endAuthorityTitle') : t('credential.revokeTitle', { name: ends ? nameOf(ends) : '' })
        }
        action={ends === 'authority' ? t('own.endAuthority') : t('credential.revoke')}
        danger
        onConfirm={() => void end()}
        onClose={() => setEnds(null)}
      >
        {t(ends === 'authority' ? 'own.endAuthorityHelp' : 'credential.revokeHelp')}
      </ConfirmDialog>
    </section>
  )
}

function CredentialLine({ credential, name }: { credential: OwnCredential; name: string }) {
  const t = useTexts('devices')
  const language = useLanguage()
  const zone = useTimeZone()
  const at = (time: string) => formatTime(time, language, zone)
  return (
    <div>
      <strong>{name}</strong>
      <span className={style.muted}>
        {[
          credential.lastUsedAt ? t('credential.lastUsed', { at: at(credential.lastUsedAt) }) : t('credential.unused'),
          ...(credential.expiresAt ? [t('credential.validUntil', { at: at(credential.expiresAt) })] : []),
        ].join(' · ')}
      </span>
    </div>
  )
}

function AuthorityLine({ authority, onEnd }: { authority: NonNullable<Own['authority']>; onEnd(): void }) {
  const t = useTexts('devices')
  const language = useLanguage()
  const zone = useTimeZone()
  return (
    <li className={style.watcher}>
      <div>
        <strong>{t('own.authority', { subject: authority.subject })}</strong>
        <span className={style.muted}>{t('own.endsOn', { date: formatDate(authority.expiresAt, language, zone) })}</span>
      </div>
      <ActionButton size="small" strength="quiet" onClick={onEnd}>
        {t('own.endAuthority')}
      </ActionButton>
    </li>
  )
}

function NewToken({ deviceId, onDone }: { deviceId: string; onDone(): void }) {
  const t = useTexts('devices')
  const [token, setToken] = useState<string | null>(null)
  const entry = useEntry(
    () => ({}),
    async typed => setToken((await api.call(addMyToken, { params: { deviceId }, body: { label: typed.text('label') } })).token),
  )
  if (token) return <TokenOnce deviceId={deviceId} token={token} onKept={onDone} />
  return (
    <form className={form.sheet} method="post" noValidate onSubmit={entry.onSubmit}>
      <ProblemNotice problem={entry.problem} />
      <CredentialLabel error={entry.errors.label} />
      <ActionButton type="submit" strength="primary" disabled={entry.busy}>
        {t('credential.addToken')}
      </ActionButton>
    </form>
  )
}

function NewAuthority({ onDone }: { onDone(): void }) {
  const t = useTexts('devices')
  const entry = useEntry(
    () => ({}),
    async typed => {
      await api.call(nameMyAuthority, { body: { certificate: typed.text('certificate') } })
      onDone()
    },
  )
  return (
    <form className={form.sheet} method="post" noValidate onSubmit={entry.onSubmit}>
      <ProblemNotice problem={entry.problem} />
      <TextAreaField
        label={t('own.certificate')}
        name="certificate"
        required
        rows={6}
        spellCheck={false}
        help={t('own.certificateHelp')}
        error={entry.errors.certificate}
      />
      <ActionButton type="submit" strength="primary" disabled={entry.busy}>
        {t('own.nameAuthority')}
      </ActionButton>
    </form>
  )
}
