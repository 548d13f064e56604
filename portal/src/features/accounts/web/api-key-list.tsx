import { useState } from 'react'
import { formatTime, inLanguage, type Language } from '#platform/core'
import { ActionButton, ConfirmDialog, StatusBadge, useLanguage, useProblem, useTexts, useTimeZone } from '#platform/web'
import { type ApiKeyView, keyWarningDays, type PermissionName, permissionTable } from '../core/index.ts'
import { ProblemNotice } from './fields.tsx'
import formStyle from './form-page.module.css'
import style from './security.module.css'

interface ApiKeyListProps {
  keys: readonly ApiKeyView[]
  /** ends a key; what it throws is shown */
  onRevoke(key: ApiKeyView): Promise<void>
}

/** The keys of a person with what each may do, each to be revoked after a question. */
export function ApiKeyList({ keys, onRevoke }: ApiKeyListProps) {
  const t = useTexts('accounts')
  const { problem, attempt } = useProblem()
  const [asked, setAsked] = useState<ApiKeyView | null>(null)
  const [busy, setBusy] = useState(false)
  const revoke = (key: ApiKeyView) => {
    setBusy(true)
    void attempt(() => onRevoke(key)).finally(() => {
      setBusy(false)
      setAsked(null)
    })
  }
  return (
    <>
      <ProblemNotice problem={problem} />
      <ul className={style.keys}>
        {keys.map(key => (
          <li key={key.id}>
            <KeyFacts apiKey={key} />
            <ActionButton
              size="small"
              aria-label={`${t(key.expired ? 'apiKeys.remove' : 'apiKeys.revoke')}: ${key.name}`}
              onClick={() => (key.expired ? revoke(key) : setAsked(key))}
            >
              {t(key.expired ? 'apiKeys.remove' : 'apiKeys.revoke')}
            </ActionButton>
          </li>
        ))}
      </ul>
      <ConfirmDialog
        open={asked !== null}
        title={asked ? t('apiKeys.revokeTitle', { name: asked.name }) : ''}
        action={t('apiKeys.revoke')}
        danger
        busy={busy}
        onConfirm={() => asked && revoke(asked)}
        onClose={() => setAsked(null)}
      >
        <p>{t('apiKeys.revokeLead')}</p>
      </ConfirmDialog>
    </>
  )
}

function KeyFacts({ apiKey: { name, prefix, scopes, lost, expiresAt, expired, usedAt, usedFrom } }: { apiKey: ApiKeyView }) {
  const t = useTexts('accounts')
  const language = useLanguage()
  const zone = useTimeZone()
  const at = (time: string) => formatTime(time, language, zone)
  const soon = !expired && Date.parse(expiresAt) - Date.now() < keyWarningDays * 24 * 60 * 60_000
  return (
    <div className={style.words}>
      <h2>{name}</h2>
      <p>
        <code>{prefix}…</code> {expired ? <StatusBadge tone="bad">{t('apiKeys.expired')}</StatusBadge> : null}
        {soon ? <StatusBadge tone="waiting">{t('apiKeys.soon')}</StatusBadge> : null}
      </p>
      <p className={formStyle.sentence}>{scopes.length > 0 ? scopeWords(scopes, language) : t('apiKeys.noneLeft')}</p>
      {lost.length > 0 ? <p className={style.attention}>{t('apiKeys.lost', { scopes: scopeWords(lost, language) })}</p> : null}
      <p className={style.detail} suppressHydrationWarning>
        {[
          t('apiKeys.expires', { at: at(expiresAt) }),
          usedAt
            ? t(usedFrom ? 'apiKeys.used' : 'apiKeys.usedAt', { at: at(usedAt), from: usedFrom ?? '' })
            : t('apiKeys.neverUsed'),
        ].join(' · ')}
      </p>
    </div>
  )
}

/** What scopes allow, in words; one the table no longer has by its name. */
const scopeWords = (scopes: readonly string[], language: Language): string =>
  scopes
    .map(scope => (scope in permissionTable ? inLanguage(permissionTable[scope as PermissionName].allows, language) : scope))
    .join(language === 'en' ? '; ' : '；')
