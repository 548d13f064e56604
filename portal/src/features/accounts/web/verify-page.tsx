import { type ReactNode, useState } from 'react'
import { type LoaderFunctionArgs, useSearchParams } from 'react-router'
import { pathIn } from '#platform/core'
import { ActionButton, ActionLink, api, useLanguage, useTexts } from '#platform/web'
import { resendVerification, verifyEmail } from '../core/index.ts'
import { checkFields } from './checks.ts'
import { EmailField, ProblemNotice } from './fields.tsx'
import style from './form-page.module.css'
import { FormPage } from './form-page.tsx'
import { MailSent } from './mail-sent.tsx'
import { accountPageMeta, pageFacts } from './page-facts.ts'
import { useEntry } from './use-entry.ts'

export const loader = ({ context }: LoaderFunctionArgs) => pageFacts(context)

export const meta = accountPageMeta('/verify', 'verify.title', 'verify.lead')

/** Confirms by a button, not by opening: mail programs that open links ahead must not spend the token. */
export default function Verify() {
  const t = useTexts('accounts')
  const language = useLanguage()
  const [search] = useSearchParams()
  const token = search.get('token')
  const [verified, setVerified] = useState<string | null>(null)
  const entry = useEntry(
    () => ({}),
    async () => setVerified((await api.call(verifyEmail, { body: { token: token ?? '' } })).email),
  )
  if (verified !== null)
    return (
      <FormPage title={t('verify.doneTitle')} lead={t('verify.done', { email: verified })}>
        <ActionLink strength="primary" to={pathIn(language, '/sign-in')}>
          {t('verify.signIn')}
        </ActionLink>
      </FormPage>
    )
  if (token === null || entry.problem?.type.endsWith('/link-expired'))
    return <Resend notice={<ProblemNotice problem={entry.problem} />} />
  return (
    <FormPage title={t('verify.title')} lead={t('verify.lead')}>
      <ProblemNotice problem={entry.problem} />
      <form className={style.form} method="post" onSubmit={entry.onSubmit}>
        <ActionButton type="submit" strength="primary" disabled={entry.busy}>
          {t('verify.submit')}
        </ActionButton>
      </form>
    </FormPage>
  )
}

function Resend({ notice }: { notice: ReactNode }) {
  const t = useTexts('accounts')
  const language = useLanguage()
  const [sentTo, setSentTo] = useState<string | null>(null)
  const send = (email: string) => api.call(resendVerification, { body: { email } })
  const entry = useEntry(
    typed => checkFields(['email'], typed, t, language),
    async typed => {
      await send(typed.text('email'))
      setSentTo(typed.text('email'))
    },
  )
  if (sentTo !== null)
    return <MailSent kind="verify" email={sentTo} sendAgain={() => send(sentTo)} onOtherAddress={() => setSentTo(null)} />
  return (
    <FormPage title={t('verify.resendTitle')} lead={t('verify.resendLead')}>
      {notice}
      <ProblemNotice problem={entry.problem} />
      <form className={style.form} method="post" noValidate onSubmit={entry.onSubmit}>
        <EmailField error={entry.errors.email} />
        <ActionButton type="submit" strength="primary" disabled={entry.busy}>
          {t('verify.resend')}
        </ActionButton>
      </form>
    </FormPage>
  )
}
