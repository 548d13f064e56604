import { useState } from 'react'
import { type LoaderFunctionArgs, useSearchParams } from 'react-router'
import { pathIn } from '#platform/core'
import { ActionButton, ActionLink, api, Notice, useLanguage, useTexts } from '#platform/web'
import { resetPassword } from '../core/index.ts'
import { checkFields } from './checks.ts'
import { PasswordField, ProblemNotice } from './fields.tsx'
import style from './form-page.module.css'
import { FormPage } from './form-page.tsx'
import { accountPageMeta, pageFacts } from './page-facts.ts'
import { useEntry } from './use-entry.ts'

export const loader = ({ context }: LoaderFunctionArgs) => pageFacts(context)

export const meta = accountPageMeta('/reset', 'reset.title', 'reset.lead')

/** Both a forgotten password and the first one of an invited colleague (`welcome=1`). */
export default function Reset() {
  const t = useTexts('accounts')
  const language = useLanguage()
  const [search] = useSearchParams()
  const token = search.get('token')
  const welcome = search.has('welcome')
  const [done, setDone] = useState<string | null>(null)
  const entry = useEntry(
    typed => checkFields(['newPassword'], typed, t, language),
    async typed => {
      const body = { token: token ?? '', password: typed.password }
      setDone((await api.call(resetPassword, { body })).email)
    },
  )
  if (done !== null)
    return (
      <FormPage title={t('reset.doneTitle')} lead={t('reset.done', { email: done })}>
        <ActionLink strength="primary" to={pathIn(language, '/sign-in')}>
          {t('reset.signIn')}
        </ActionLink>
      </FormPage>
    )
  const askAgain = <ActionLink to={pathIn(language, '/forgot')}>{t('reset.askAgain')}</ActionLink>
  return (
    <FormPage title={t(welcome ? 'reset.welcomeTitle' : 'reset.title')} lead={t(welcome ? 'reset.welcomeLead' : 'reset.lead')}>
      {token === null ? (
        <Notice tone="bad" title={t('reset.noToken')}>
          {askAgain}
        </Notice>
      ) : (
        <>
          <ProblemNotice problem={entry.problem}>{entry.problem?.type.endsWith('/link-expired') ? askAgain : null}</ProblemNotice>
          <form className={style.form} method="post" noValidate onSubmit={entry.onSubmit}>
            <PasswordField kind="fresh" error={entry.errors.password} />
            <ActionButton type="submit" strength="primary" block disabled={entry.busy}>
              {t('reset.submit')}
            </ActionButton>
          </form>
        </>
      )}
    </FormPage>
  )
}
