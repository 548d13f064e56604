import { type ReactNode, useState } from 'react'
import { type Language, offeredLanguages, type Problem } from '#platform/core'
import { ActionButton, Choice, ChoiceGroup, Notice, SelectField, TextField, useLanguage, useTexts } from '#platform/web'
import { passwordLength, staffRoles } from '../core/index.ts'
import style from './form-page.module.css'
import { PasswordStrength, type TypedPassword } from './password-strength.tsx'
import { roleWords } from './role-words.ts'

export function NameField({ error, value }: { error?: string | undefined; value?: string }) {
  const t = useTexts('accounts')
  return (
    <TextField
      label={t('field.name')}
      name="name"
      autoComplete="name"
      required
      maxLength={100}
      error={error}
      defaultValue={value}
    />
  )
}

interface EmailFieldProps {
  error?: string | undefined
  value?: string
  /** the browser may propose a passkey here */
  passkeys?: boolean
  /** it is somebody else's, which the browser does not know */
  foreign?: boolean
}

export function EmailField({ error, value, passkeys = false, foreign = false }: EmailFieldProps) {
  const t = useTexts('accounts')
  return (
    <TextField
      label={t('field.email')}
      name="email"
      type="email"
      inputMode="email"
      autoComplete={foreign ? 'off' : passkeys ? 'username webauthn' : 'username'}
      autoCapitalize="none"
      spellCheck={false}
      required
      maxLength={254}
      error={error}
      defaultValue={value}
    />
  )
}

/** The language somebody is written to in; no question where the portal speaks one alone. */
export function LanguageField({ help, value }: { help: string; value: Language }) {
  const t = useTexts('accounts')
  if (offeredLanguages().length === 1) return null
  return (
    <SelectField
      label={t('field.language')}
      help={help}
      name="language"
      defaultValue={value}
      options={[
        { value: 'zh-CN', lang: 'zh-CN', label: '中文' },
        { value: 'en', lang: 'en', label: 'English' },
      ]}
    />
  )
}

interface PasswordFieldProps {
  error?: string | undefined
  /** fresh: a new one is chosen, so the rule stands below, its strength is shown, and password managers offer one */
  kind?: 'known' | 'fresh'
  label?: string
  name?: string
}

/** A password that can be shown. */
export function PasswordField({ error, kind = 'known', label, name = 'password' }: PasswordFieldProps) {
  const t = useTexts('accounts')
  const [shown, setShown] = useState(false)
  const [typed, setTyped] = useState<TypedPassword | null>(null)
  const fresh = kind === 'fresh'
  return (
    <div className={style.password}>
      <TextField
        label={label ?? t(fresh ? 'field.newPassword' : 'field.password')}
        name={name}
        type={shown ? 'text' : 'password'}
        autoComplete={fresh ? 'new-password' : 'current-password'}
        autoCapitalize="none"
        spellCheck={false}
        required
        help={fresh ? t('field.passwordHelp', { min: passwordLength.min }) : undefined}
        error={error}
        onInput={fresh ? event => setTyped(readTyped(event.currentTarget)) : undefined}
      />
      {typed ? <PasswordStrength {...typed} /> : null}
      <ActionButton strength="quiet" size="small" aria-pressed={shown} onClick={() => setShown(!shown)}>
        {t(shown ? 'field.hidePassword' : 'field.showPassword')}
      </ActionButton>
    </div>
  )
}

/** The password with what stands in the form's other fields, from which it must not be made. */
function readTyped({ value, form }: HTMLInputElement): TypedPassword {
  const data = new FormData(form ?? undefined)
  return { password: value, words: ['name', 'email', 'companyName'].map(name => String(data.get(name) ?? '')) }
}

interface CodeFieldProps {
  error?: string | undefined
  /** of an authenticator app, unless given */
  label?: string
  help?: string
}

/** The six digits an authenticator app shows or a text message brings; phones offer their number pad. */
export function CodeField({ error, label, help }: CodeFieldProps) {
  const t = useTexts('accounts')
  return (
    <TextField
      label={label ?? t('field.code')}
      name="code"
      inputMode="numeric"
      autoComplete="one-time-code"
      required
      maxLength={12}
      help={help ?? t('field.codeHelp')}
      error={error}
      data-first-focus
    />
  )
}

/** Ticked boxes, one for each staff role, with what it may do. */
export function RolesField({ error, value = [] }: { error?: string | undefined; value?: readonly string[] }) {
  const t = useTexts('accounts')
  const language = useLanguage()
  return (
    <ChoiceGroup title={t('field.roles')} error={error}>
      {staffRoles.map(role => (
        <Choice
          key={role}
          type="checkbox"
          name="roles"
          value={role}
          defaultChecked={value.includes(role)}
          label={roleWords([role], language)}
          help={t(`roleHelp.${role}`)}
        />
      ))}
    </ChoiceGroup>
  )
}

/** What failed as a whole, what to do, and for our own faults the request id. */
export function ProblemNotice({ problem, children }: { problem: Problem | null; children?: ReactNode }) {
  const t = useTexts('accounts')
  if (!problem) return null
  return (
    <Notice tone="bad" live title={problem.detail}>
      {problem.remedy ? <p>{problem.remedy}</p> : null}
      {problem.status >= 500 ? <p className={style.requestId}>{t('problem.requestId', { id: problem.requestId })}</p> : null}
      {children}
    </Notice>
  )
}
