import { useState } from 'react'
import { pathIn } from '#platform/core'
import { ActionButton, ActionLink, api, BottomSheet, useLanguage, useTexts } from '#platform/web'
import { type AccountView, changePassword } from '../core/index.ts'
import { checkFields } from './checks.ts'
import { PasswordField, ProblemNotice } from './fields.tsx'
import style from './form-page.module.css'
import { SecurityItem } from './security-item.tsx'
import { useEntry } from './use-entry.ts'

interface PasswordItemProps {
  account: AccountView
  /** false: has come by another way so far, and sets the first one by a mail */
  hasPassword: boolean
  onChanged(message: string): void
}

/** The password: change it by the present one, or set one by a mail. */
export function PasswordItem({ account, hasPassword, onChanged }: PasswordItemProps) {
  const t = useTexts('accounts')
  const language = useLanguage()
  const [open, setOpen] = useState(false)
  const byMail = `${pathIn(language, '/forgot')}?email=${encodeURIComponent(account.email)}`
  return (
    <SecurityItem
      title={t('security.password')}
      state={t(hasPassword ? 'security.passwordSet' : 'security.passwordNone')}
      actions={
        hasPassword ? (
          <ActionButton size="small" onClick={() => setOpen(true)}>
            {t('security.changePassword')}
          </ActionButton>
        ) : (
          <ActionLink size="small" to={byMail}>
            {t('security.setPassword')}
          </ActionLink>
        )
      }
    >
      <BottomSheet open={open} title={t('security.changePassword')} onClose={() => setOpen(false)}>
        {open ? (
          <ChangeForm
            account={account}
            byMail={byMail}
            onDone={() => {
              setOpen(false)
              onChanged(t('security.passwordChanged'))
            }}
          />
        ) : null}
      </BottomSheet>
    </SecurityItem>
  )
}

function ChangeForm({ account, byMail, onDone }: { account: AccountView; byMail: string; onDone(): void }) {
  const t = useTexts('accounts')
  const language = useLanguage()
  const entry = useEntry(
    typed => ({
      ...(typed.raw('current') ? {} : { current: t('problem.passwordMissing') }),
      ...checkFields(['newPassword'], typed, t, language),
    }),
    async typed => {
      await api.call(changePassword, { body: { current: typed.raw('current'), password: typed.password } })
      onDone()
    },
  )
  return (
    <form className={style.form} method="post" noValidate onSubmit={entry.onSubmit}>
      <p>{t('security.changeLead')}</p>
      <ProblemNotice problem={entry.problem} />
      {/* what a password manager keeps the new one under */}
      <input type="hidden" name="email" autoComplete="username" value={account.email} />
      <input type="hidden" name="name" value={account.name} />
      <PasswordField name="current" label={t('field.currentPassword')} error={entry.errors.current} />
      <PasswordField kind="fresh" error={entry.errors.password} />
      <div className={style.actions}>
        <ActionButton type="submit" strength="primary" disabled={entry.busy}>
          {t('security.changePassword')}
        </ActionButton>
        <ActionLink strength="quiet" to={byMail}>
          {t('signIn.forgot')}
        </ActionLink>
      </div>
    </form>
  )
}
