import { useState } from 'react'
import { ActionButton, Notice, useTexts } from '#platform/web'
import style from './webhooks.module.css'

/** The only time a secret is shown. onKept: the reader says that he has kept it */
export function SecretOnce({ secret, onKept }: { secret: string; onKept(): void }) {
  const t = useTexts('webhooks')
  const [told, setTold] = useState('')
  const copy = () =>
    navigator.clipboard.writeText(secret).then(
      () => setTold(t('copied')),
      () => setTold(t('copyFailed')), // the browser does not let us
    )
  return (
    <div className={style.form}>
      <Notice tone="warn" title={t('once')}>
        <p>{t('onceHelp')}</p>
      </Notice>
      <section className={style.secret} aria-label={t('secret')}>
        <code data-secret>{secret}</code>
      </section>
      <div className={style.actions}>
        <ActionButton onClick={copy}>{t('copy')}</ActionButton>
        <p role="status">{told}</p>
      </div>
      <ActionButton strength="primary" block onClick={onKept}>
        {t('kept')}
      </ActionButton>
    </div>
  )
}
