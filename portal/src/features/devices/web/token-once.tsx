import { useState } from 'react'
import { ActionButton, Notice, TextField, useTexts } from '#platform/web'
import style from './console/console.module.css'

/** A token that was just made, which nobody sees again. */
export function TokenOnce({ deviceId, token, onKept }: { deviceId: string; token: string; onKept(): void }) {
  const t = useTexts('devices')
  const [told, setTold] = useState('')
  const copy = () =>
    navigator.clipboard.writeText(token).then(
      () => setTold(t('once.copied')),
      () => setTold(t('once.copyFailed')),
    )
  return (
    <div className={style.sheet}>
      <Notice tone="warn" title={t('credential.tokenOnce')}>
        <p>{t('credential.tokenOnceHelp')}</p>
      </Notice>
      <TextField label={t('credential.tokenOnceUser')} readOnly value={deviceId} />
      <TextField label={t('credential.tokenOnceValue')} readOnly value={token} />
      <div className={style.actions}>
        <ActionButton onClick={() => void copy()}>{t('credential.copyToken')}</ActionButton>
        <ActionButton strength="primary" onClick={onKept}>
          {t('credential.kept')}
        </ActionButton>
        <span role="status">{told}</span>
      </div>
    </div>
  )
}
