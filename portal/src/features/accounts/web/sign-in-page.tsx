import { useEffect, useRef, useState } from 'react'
import { type LoaderFunctionArgs, useLoaderData, useSearchParams } from 'react-router'
import { pathIn } from '#platform/core'
import { ActionButton, ActionLink, api, apiContext, Choice, LocaleLink, Notice, useLanguage, useTexts } from '#platform/web'
import {
  type AccountView,
  getMe,
  listDemoAccounts,
  listProviders,
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
import { PhoneSignIn } from './phone-sign-in.tsx'
import { ProviderSignIn } from './provider-sign-in.tsx'
import { SecondStep } from './second-step.tsx'
import { useEntry } from './use-entry.ts'

export async function loader({ context }: LoaderFunctionArgs) {
  const api = context.get(apiContext)
  const [{ account }, { items }, providers] = await Promise.all([
    api.call(getMe, {}),
    api.call(listDemoAccounts, {}),
    api.call(listProviders, {}),
  ])
  return { ...pageFacts(context), account, demo: items, providers: providers.items, phone: providers.phone }
}

export const meta = accountPageMeta('/sign-in', 'signIn.title', 'signIn.lead')

export default function SignIn() {
  const t = useTexts('accounts')
  const language = useLanguage()
  const { account, demo, providers, phone } = useLoaderData<typeof loader>()
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
  const refused = refusals.find(reason => reason === search.get('refused'))
  // who has come from a provider and has a second step to take
  useEffect(() => {
    const step = stepIn(location.hash)
    if (step) setSecond({ step, remember: true })
  }, [])
  const byPhone = phone && search.get('by') === 'phone'
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
      {refused ? <Notice tone="bad" live title={t(`providers.refused.${refused}`)} /> : null}
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
      {phone ? <Ways byPhone={byPhone} next={safeNext(search.get('next'))} /> : null}
      {byPhone ? (
        <PhoneSignIn
          demo={demo.length > 0}
          onEntered={onEntered}
          onSecondStep={(step, remember) => setSecond({ step, remember })}
        />
      ) : (
        <form className={style.form} method="post" noValidate ref={form} onSubmit={entry.onSubmit}>
          <EmailField error={entry.errors.email} passkeys />
          <PasswordField error={entry.errors.password} />
          <Choice type="checkbox" name="remember" defaultChecked label={t('field.remember')} />
          <ActionButton type="submit" strength="primary" block disabled={entry.busy}>
            {t('signIn.submit')}
          </ActionButton>
        </form>
      )}
      <PasskeySignIn onEntered={onEntered} />
      <ProviderSignIn providers={providers} next={safeNext(search.get('next'))} />
      {byPhone ? null : <DemoAccounts accounts={demo} form={form} />}
    </FormPage>
  )
}

/** By password or by phone; an address of its own for each, so that back and reload stay where one was. */
function Ways({ byPhone, next }: { byPhone: boolean; next: string | null }) {
  const t = useTexts('accounts')
  const onwards = next ? `next=${encodeURIComponent(next)}` : ''
  return (
    <nav className={style.ways} aria-label={t('phone.ways')}>
      <LocaleLink to={`/sign-in?${onwards}`} aria-current={byPhone ? undefined : 'page'} replace>
        {t('phone.byPassword')}
      </LocaleLink>
      <LocaleLink to={`/sign-in?by=phone&${onwards}`} aria-current={byPhone ? 'page' : undefined} replace>
        {t('phone.byPhone')}
      </LocaleLink>
    </nav>
  )
}

const refusals = ['expired', 'provider', 'email', 'not-allowed', 'unknown-staff', 'sign-in-first', 'other-account']

/** The second step behind the '#', as a provider's callback leaves it; null where there is none. */
function stepIn(hash: string): Step | null {
  const text = /^#second-step=([\w-]+)$/.exec(hash)?.[1]
  if (!text) return null
  try {
    const { token, methods } = JSON.parse(atob(text.replaceAll('-', '+').replaceAll('_', '/')))
    return typeof token === 'string' && Array.isArray(methods) ? { token, methods } : null
  } catch {
    return null
  }
}

const homeOf = ({ kind }: Pick<AccountView, 'kind'>) => (kind === 'staff' ? '/console' : '/account')
