import { useRef, useState } from 'react'
import { type LoaderFunctionArgs, useLoaderData, useSearchParams } from 'react-router'
import { pathIn } from '#platform/core'
import { ActionButton, ActionLink, api, apiContext, LocaleLink, Notice, useLanguage, useTexts } from '#platform/web'
import {
  type AccountView,
  getMe,
  listDemoAccounts,
  resendVerification,
  type SecondStep as Step,
  safeNext,
  signIn,
} from '../core/index.ts'
import { checkFields } from './checks.ts'
import { DemoAccounts } from './demo-accounts.tsx'
import { EmailField, PasswordField, ProblemNotice } from './fields.tsx'
import style from './form-page.module.css'
import { FormPage } from './form-page.tsx'
import { MailSent } from './mail-sent.tsx'
import { accountPageMeta, pageFacts } from './page-facts.ts'
import { PasskeySignIn } from './passkey-sign-in.tsx'
import { SecondStep } from './second-step.tsx'
import { useEntry } from './use-entry.ts'

export async function loader({ context }: LoaderFunctionArgs) {
  const api = context.get(apiContext)
  const [{ account }, { items }] = await Promise.all([api.call(getMe, {}), api.call(listDemoAccounts, {})])
  return { ...pageFacts(context), account, demo: items }
}

export const meta = accountPageMeta('/sign-in', 'signIn.title')

export default function SignIn() {
  const t = useTexts('accounts')
  const language = useLanguage()
  const { account, demo } = useLoaderData<typeof loader>()
  const [search] = useSearchParams()
  const form = useRef<HTMLFormElement>(null)
  const [unverified, setUnverified] = useState<string | null>(null)
  const [second, setSecond] = useState<{ step: Step; remember: boolean } | null>(null)
  // a new page, so that nothing of the visitor who was nobody stays in it
  const onEntered = (account: AccountView) => location.assign(safeNext(search.get('next')) ?? pathIn(language, homeOf(account)))
  const entry = useEntry(
    typed => checkFields(['email', 'password'], typed, t, language),
    async typed => {
      const remember = typed.all('remember').length > 0
      const { account, secondStep } = await api.call(signIn, {
        body: { email: typed.text('email'), password: typed.password, remember },
      })
      if (account) onEntered(account)
      if (secondStep) setSecond({ step: secondStep, remember })
    },
  )
  const typedEmail = () => String(new FormData(form.current ?? undefined).get('email') ?? '')
  const resend = async (email: string) => api.call(resendVerification, { body: { email } })

  if (second) return <SecondStep {...second} onEntered={onEntered} onAgain={() => setSecond(null)} />
  if (unverified !== null)
    return (
      <MailSent
        kind="verify"
        email={unverified}
        sendAgain={() => resend(unverified)}
        onOtherAddress={() => setUnverified(null)}
      />
    )
  return (
    <FormPage
      title={t('signIn.title')}
      lead={t('signIn.lead')}
      foot={
        <>
          <p>
            <LocaleLink to="/forgot">{t('signIn.forgot')}</LocaleLink>
          </p>
          <p>
            {t('signIn.noAccount')} <LocaleLink to="/sign-up">{t('signIn.signUp')}</LocaleLink>
          </p>
        </>
      }
    >
      {account ? (
        <Notice title={t('signIn.already', { name: account.name })}>
          <ActionLink to={pathIn(language, homeOf(account))}>{t('signIn.onward')}</ActionLink>
        </Notice>
      ) : null}
      <ProblemNotice problem={entry.problem}>
        {entry.problem?.type.endsWith('/email-not-verified') ? (
          <ActionButton
            size="small"
            onClick={async () => {
              const email = typedEmail()
              await resend(email)
              setUnverified(email)
            }}
          >
            {t('signIn.resend')}
          </ActionButton>
        ) : null}
      </ProblemNotice>
      <form className={style.form} method="post" noValidate ref={form} onSubmit={entry.onSubmit}>
        <EmailField error={entry.errors.email} passkeys />
        <PasswordField error={entry.errors.password} />
        <label className={style.choice}>
          <input type="checkbox" name="remember" defaultChecked />
          {t('field.remember')}
        </label>
        <ActionButton type="submit" strength="primary" block disabled={entry.busy}>
          {t('signIn.submit')}
        </ActionButton>
      </form>
      <PasskeySignIn onEntered={onEntered} />
      <DemoAccounts accounts={demo} form={form} />
    </FormPage>
  )
}

const homeOf = ({ kind }: Pick<AccountView, 'kind'>) => (kind === 'staff' ? '/console' : '/account')
