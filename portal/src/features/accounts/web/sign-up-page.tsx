import { useState } from 'react'
import type { LoaderFunctionArgs } from 'react-router'
import { ActionButton, api, LocaleLink, TextField, useLanguage, useTexts } from '#platform/web'
import { resendVerification, signUp } from '../core/index.ts'
import { checkFields } from './checks.ts'
import { EmailField, NameField, PasswordField, ProblemNotice } from './fields.tsx'
import style from './form-page.module.css'
import { FormPage } from './form-page.tsx'
import { MailSent } from './mail-sent.tsx'
import { accountPageMeta, pageFacts } from './page-facts.ts'
import { useEntry } from './use-entry.ts'

export const loader = ({ context }: LoaderFunctionArgs) => pageFacts(context)

export const meta = accountPageMeta('/sign-up', 'signUp.title', 'signUp.lead')

export default function SignUp() {
  const t = useTexts('accounts')
  const language = useLanguage()
  const [sentTo, setSentTo] = useState<string | null>(null)
  const entry = useEntry(
    typed => checkFields(['name', 'email', 'newPassword'], typed, t, language),
    async typed => {
      const email = typed.text('email')
      const body = { name: typed.text('name'), email, password: typed.password, companyName: typed.text('companyName') }
      await api.call(signUp, { body })
      setSentTo(email)
    },
  )
  if (sentTo !== null)
    return (
      <MailSent
        kind="verify"
        email={sentTo}
        sendAgain={() => api.call(resendVerification, { body: { email: sentTo } })}
        onOtherAddress={() => setSentTo(null)}
      />
    )
  return (
    <FormPage
      title={t('signUp.title')}
      lead={t('signUp.lead')}
      foot={
        <p>
          {t('signUp.haveAccount')} <LocaleLink to="/sign-in">{t('signUp.signIn')}</LocaleLink>
        </p>
      }
    >
      <ProblemNotice problem={entry.problem} />
      <form className={style.form} method="post" noValidate onSubmit={entry.onSubmit}>
        <NameField error={entry.errors.name} />
        <EmailField error={entry.errors.email} />
        <PasswordField kind="fresh" error={entry.errors.password} />
        <TextField
          label={t('field.companyName')}
          name="companyName"
          autoComplete="organization"
          optional
          maxLength={200}
          help={t('field.companyNameHelp')}
          error={entry.errors.companyName}
        />
        <ActionButton type="submit" strength="primary" block disabled={entry.busy}>
          {t('signUp.submit')}
        </ActionButton>
      </form>
    </FormPage>
  )
}
