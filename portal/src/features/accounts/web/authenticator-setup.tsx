import { ActionButton, type FieldMessages, useTexts } from '#platform/web'
import type { NewAuthenticator } from '../core/index.ts'
import { CodeField, ProblemNotice } from './fields.tsx'
import formStyle from './form-page.module.css'
import style from './security.module.css'
import { useEntry } from './use-entry.ts'

interface SetupProps {
  begun: NewAuthenticator
  /** takes the first code; what it throws is shown */
  onCode(code: string): Promise<void>
}

/** The picture to scan, the key to type where there is no camera, and the first code that confirms the app. */
export function AuthenticatorSetup({ begun, onCode }: SetupProps) {
  const t = useTexts('accounts')
  const entry = useEntry(
    (typed): FieldMessages => (/^\d{6}$/.test(digits(typed.text('code'))) ? {} : { code: t('proof.totp.missing') }),
    typed => onCode(digits(typed.text('code'))),
  )
  return (
    <form className={formStyle.form} method="post" noValidate onSubmit={entry.onSubmit}>
      <ProblemNotice problem={entry.problem} />
      <p>{t('authenticator.scan')}</p>
      <img
        className={style.picture}
        width={200}
        height={200}
        alt={t('authenticator.picture')}
        src={`data:image/svg+xml;utf8,${encodeURIComponent(begun.picture)}`}
      />
      <details className={style.key}>
        <summary>{t('authenticator.noCamera')}</summary>
        <p>{t('authenticator.typeKey')}</p>
        <code>{begun.key}</code>
      </details>
      <CodeField error={entry.errors.code} />
      <ActionButton type="submit" strength="primary" block disabled={entry.busy}>
        {t('authenticator.confirm')}
      </ActionButton>
    </form>
  )
}

const digits = (text: string) => text.replace(/\s/g, '')
