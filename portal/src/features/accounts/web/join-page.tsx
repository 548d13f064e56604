import { type LoaderFunctionArgs, useLoaderData } from 'react-router'
import { type CallResult, pathIn } from '#platform/core'
import { ActionButton, ActionLink, api, apiContext, Notice, useLanguage, useTexts } from '#platform/web'
import { getMe, joinAsNewcomer, joinCompany, readInvitation, signOut } from '../core/index.ts'
import { checkFields } from './checks.ts'
import { NameField, PasswordField, ProblemNotice } from './fields.tsx'
import style from './form-page.module.css'
import { FormPage } from './form-page.tsx'
import { accountPageMeta, pageFacts } from './page-facts.ts'
import { roleWords } from './role-words.ts'
import { useEntry } from './use-entry.ts'

/** /join?token=…: an invitation into a company. Reading it does not spend it: mail programs open links ahead. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const [api, facts] = [context.get(apiContext), pageFacts(context)]
  const token = new URL(request.url).searchParams.get('token')
  if (!token) return { ...facts, token: '', mine: null, invitation: null }
  const [{ account }, invitation] = await Promise.all([api.call(getMe, {}), api.call(readInvitation, { params: { token } })])
  return { ...facts, token, mine: account?.email ?? null, invitation }
}

export const meta = accountPageMeta('/join', 'company.invite', 'join.newcomer')

export default function Join() {
  const t = useTexts('accounts')
  const language = useLanguage()
  const { token, mine, invitation } = useLoaderData<typeof loader>()
  if (!invitation)
    return (
      <FormPage title={t('join.invalidTitle')}>
        <Notice tone="bad" title={t('join.noToken')} />
        <div className={style.actions}>
          <ActionLink to={pathIn(language, '/')}>{t('join.home')}</ActionLink>
        </div>
      </FormPage>
    )
  const { company, email, role, invitedBy } = invitation
  return (
    <FormPage
      title={t('join.title', { company })}
      lead={t('join.lead', { who: invitedBy, email, company, role: roleWords([role], language) })}
    >
      <Way token={token} mine={mine ?? ''} invitation={invitation} />
    </FormPage>
  )
}

interface WayProps {
  token: string
  /** the address of who is signed in */
  mine: string
  invitation: CallResult<typeof readInvitation>
}

/** What whoever opened it can do. */
function Way({ token, mine, invitation: { company, email, name, standing } }: WayProps) {
  const t = useTexts('accounts')
  const language = useLanguage()
  switch (standing) {
    case 'newcomer':
      return <Newcomer token={token} email={email} name={name ?? ''} />
    case 'moves':
      return <Accept token={token} />
    case 'sign-in-first': {
      const here = `${pathIn(language, '/join')}?token=${token}`
      return (
        <Notice title={t('join.signInFirst')}>
          <ActionLink strength="primary" to={`${pathIn(language, '/sign-in')}?next=${encodeURIComponent(here)}`}>
            {t('join.signIn')}
          </ActionLink>
        </Notice>
      )
    }
    case 'other-address':
      return (
        <Notice tone="warn" title={t('join.otherAddress', { mine, email })}>
          <ActionButton
            onClick={async () => {
              await api.call(signOut, {})
              location.reload()
            }}
          >
            {t('join.signOut')}
          </ActionButton>
        </Notice>
      )
    case 'member':
      return (
        <Notice tone="good" title={t('join.member', { company })}>
          <ActionLink to={pathIn(language, '/account/company')}>{t('join.toCompany')}</ActionLink>
        </Notice>
      )
    case 'elsewhere':
    case 'staff':
      return <Notice tone="warn" title={t(`join.${standing}`)} />
  }
}

/** A new page, so that nothing of who was nobody, or of another company, stays in it. */
const useEnter = () => {
  const language = useLanguage()
  return () => location.assign(pathIn(language, '/account/company'))
}

function Newcomer({ token, email, name }: { token: string; email: string; name: string }) {
  const t = useTexts('accounts')
  const language = useLanguage()
  const enter = useEnter()
  const entry = useEntry(
    typed => checkFields(['name', 'newPassword'], typed, t, language),
    async typed => {
      await api.call(joinAsNewcomer, { body: { token, name: typed.text('name'), password: typed.password } })
      enter()
    },
  )
  return (
    <form className={style.form} method="post" noValidate onSubmit={entry.onSubmit}>
      <p>{t('join.newcomer')}</p>
      <ProblemNotice problem={entry.problem} />
      {/* so that a password manager keeps the password under it */}
      <input type="hidden" name="email" autoComplete="username" value={email} />
      <NameField error={entry.errors.name} value={name} />
      <PasswordField kind="fresh" error={entry.errors.password} />
      <ActionButton type="submit" strength="primary" block disabled={entry.busy}>
        {t('join.submit')}
      </ActionButton>
    </form>
  )
}

function Accept({ token }: { token: string }) {
  const t = useTexts('accounts')
  const enter = useEnter()
  const entry = useEntry(
    () => ({}),
    async () => {
      await api.call(joinCompany, { body: { token } })
      enter()
    },
  )
  return (
    <form className={style.form} method="post" onSubmit={entry.onSubmit}>
      <p>{t('join.moves')}</p>
      <ProblemNotice problem={entry.problem} />
      <ActionButton type="submit" strength="primary" block disabled={entry.busy}>
        {t('join.accept')}
      </ActionButton>
    </form>
  )
}
