import { useState } from 'react'
import { ActionButton, Notice, useTexts } from '#platform/web'
import type { NewApiKey } from '../core/index.ts'
import formStyle from './form-page.module.css'
import style from './security.module.css'

interface ApiKeyOnceProps {
  made: NewApiKey
  /** the reader says that he has kept it */
  onKept(): void
}

/** The only time a key is shown: to copy, with a call that tries it. */
export function ApiKeyOnce({ made, onKept }: ApiKeyOnceProps) {
  const t = useTexts('accounts')
  const [told, setTold] = useState('')
  const copy = () =>
    navigator.clipboard.writeText(made.key).then(
      () => setTold(t('apiKeys.copied')),
      () => setTold(t('apiKeys.copyFailed')), // the browser does not let us
    )
  return (
    <div className={formStyle.form}>
      <Notice tone="warn" title={t('apiKeys.once')}>
        <p>{t('apiKeys.onceLead')}</p>
      </Notice>
      <section className={style.secret} aria-label={t('apiKeys.value')}>
        <code data-key>{made.key}</code>
      </section>
      <div className={formStyle.actions}>
        <ActionButton onClick={copy}>{t('apiKeys.copy')}</ActionButton>
        <p role="status">{told}</p>
      </div>
      <section className={style.secret}>
        <h3>{t('apiKeys.use')}</h3>
        <code>{`curl -H "Authorization: Bearer $FETTLE_KEY" ${location.origin}/api/v1/me`}</code>
      </section>
      <ActionButton strength="primary" block onClick={onKept}>
        {t('apiKeys.kept')}
      </ActionButton>
    </div>
  )
}
