import { useState } from 'react'
import { ActionButton, Notice, saveFile, useTexts } from '#platform/web'
import formStyle from './form-page.module.css'
import style from './security.module.css'

interface RecoveryCodesProps {
  codes: readonly string[]
  /** the reader says that he has kept them */
  onKept(): void
}

/** The only time these codes are shown: to copy, to save as a file, to print. */
export function RecoveryCodes({ codes, onKept }: RecoveryCodesProps) {
  const t = useTexts('accounts')
  const [copied, setCopied] = useState(false)
  const file = `${t('recoveryCodes.fileHead', { host: globalThis.location?.host ?? '' })}\n\n${codes.join('\n')}\n`
  return (
    <div className={formStyle.form}>
      <Notice tone="warn" title={t('recoveryCodes.once')}>
        <p>{t('recoveryCodes.lead')}</p>
      </Notice>
      <ol className={style.codes} aria-label={t('recoveryCodes.title')}>
        {codes.map(code => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ol>
      <div className={formStyle.actions}>
        <ActionButton
          onClick={async () => {
            await navigator.clipboard.writeText(codes.join('\n'))
            setCopied(true)
          }}
        >
          {t('recoveryCodes.copy')}
        </ActionButton>
        <ActionButton onClick={() => saveFile('recovery-codes.txt', new Blob([file], { type: 'text/plain;charset=utf-8' }))}>
          {t('recoveryCodes.download')}
        </ActionButton>
        <p role="status">{copied ? t('recoveryCodes.copied') : ''}</p>
      </div>
      <ActionButton strength="primary" block onClick={onKept}>
        {t('recoveryCodes.kept')}
      </ActionButton>
    </div>
  )
}
