import { useState } from 'react'
import { type LoaderFunctionArgs, useSearchParams } from 'react-router'
import { pathIn } from '#platform/core'
import { ActionButton, ActionLink, api, Notice, useLanguage, useTexts } from '#platform/web'
import { setUp } from '../core/index.ts'
import { checkFields } from './checks.ts'
import { EmailField, NameField, PasswordField, ProblemNotice } from './fields.tsx'
import style from './form-page.module.css'
import { FormPage } from './form-page.tsx'
import { accountPageMeta, pageFacts } from './page-facts.ts'
import { useEntry } from './use-entry.ts'

export const loader = ({ context }: LoaderFunctionArgs) => pageFacts(context)

export const meta = accountPageMeta('/set-up', 'setUp.title')

/** The first administrator, by the link an empty portal prints at start. */
export default function SetUp() {
  const t = useTexts('accounts')
  const language = useLanguage()
  const [search] = useSearchParams()
  const token = search.get('token')
  const [done, setDone] = useState<string | null>(null)
  const entry = useEntry(
    typed => checkFields(['name', 'email', 'newPassword'], typed, t, language),
    async typed => {
      const body = { token: token ?? '', name: typed.text('name'), email: typed.text('email'), password: typed.password }
      setDone((await api.call(setUp, { body })).email)
    },
  )
  if (done !== null)
    return (
      <FormPage title={t('setUp.doneTitle')} lead={t('setUp.done', { email: done })}>
        <ActionLink strength="primary" to={pathIn(language, '/sign-in')}>
          {t('verify.signIn')}
        </ActionLink>
      </FormPage>
    )
  return (
    <FormPage title={t('setUp.title')} lead={t('setUp.lead')}>
      {token === null ? (
        <Notice tone="bad" title={t('setUp.noToken')} />
      ) : (
        <>
          <ProblemNotice problem={entry.problem} />
          <form className={style.form} method="post" noValidate onSubmit={entry.onSubmit}>
            <NameField error={entry.errors.name} />
            <EmailField error={entry.errors.email} />
            <PasswordField kind="fresh" error={entry.errors.password} />
            <ActionButton type="submit" strength="primary" block disabled={entry.busy}>
              {t('setUp.submit')}
            </ActionButton>
          </form>
        </>
      )}
    </FormPage>
  )
}
