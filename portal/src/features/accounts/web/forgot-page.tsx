import { useState } from 'react'
import { type LoaderFunctionArgs, useSearchParams } from 'react-router'
import { ActionButton, api, LocaleLink, useLanguage, useTexts } from '#platform/web'
import { forgotPassword } from '../core/index.ts'
import { checkFields } from './checks.ts'
import { EmailField, ProblemNotice } from './fields.tsx'
import style from './form-page.module.css'
import { FormPage } from './form-page.tsx'
import { MailSent } from './mail-sent.tsx'
import { accountPageMeta, pageFacts } from './page-facts.ts'
import { useEntry } from './use-entry.ts'

export const loader = ({ context }: LoaderFunctionArgs) => pageFacts(context)

export const meta = accountPageMeta('/forgot', 'forgot.title', 'forgot.lead')

export default function Forgot() {
  const t = useTexts('accounts')
  const language = useLanguage()
  const [search] = useSearchParams()
  const [sentTo, setSentTo] = useState<string | null>(null)
  const send = (email: string) => api.call(forgotPassword, { body: { email } })
  const entry = useEntry(
    typed => checkFields(['email'], typed, t, language),
    async typed => {
      await send(typed.text('email'))
      setSentTo(typed.text('email'))
    },
  )
  if (sentTo !== null)
    return <MailSent kind="reset" email={sentTo} sendAgain={() => send(sentTo)} onOtherAddress={() => setSentTo(null)} />
  return (
    <FormPage
      title={t('forgot.title')}
      lead={t('forgot.lead')}
      foot={
        <p>
          <LocaleLink to="/sign-in">{t('forgot.back')}</LocaleLink>
        </p>
      }
    >
      <ProblemNotice problem={entry.problem} />
      <form className={style.form} method="post" noValidate onSubmit={entry.onSubmit}>
        <EmailField error={entry.errors.email} value={search.get('email') ?? ''} />
        <ActionButton type="submit" strength="primary" block disabled={entry.busy}>
          {t('forgot.submit')}
        </ActionButton>
      </form>
    </FormPage>
  )
}
