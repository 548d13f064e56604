import type { RefObject } from 'react'
import { ActionButton, useLanguage, useTexts } from '#platform/web'
import style from './demo-accounts.module.css'
import { roleWords } from './role-words.ts'

interface DemoAccountsProps {
  accounts: readonly { email: string; password: string; roles: readonly string[] }[]
  /** the form to fill in */
  form: RefObject<HTMLFormElement | null>
}

/** In demo mode: the accounts there are, one click to fill each in. */
export function DemoAccounts({ accounts, form }: DemoAccountsProps) {
  const t = useTexts('accounts')
  const language = useLanguage()
  if (accounts.length === 0) return null
  const fill = (name: string, value: string) => {
    const input = form.current?.elements.namedItem(name)
    if (input instanceof HTMLInputElement) input.value = value
  }
  return (
    <section className={style.demo}>
      <h2>{t('signIn.demoTitle')}</h2>
      <p>{t('signIn.demoLead')}</p>
      <ul className={style.list}>
        {accounts.map(({ email, password, roles }) => (
          <li key={email}>
            <ActionButton
              size="small"
              title={email}
              onClick={() => {
                fill('email', email)
                fill('password', password)
                form.current?.querySelector<HTMLElement>('[type=submit]')?.focus()
              }}
            >
              {roles.length > 0 ? roleWords(roles, language) : t('signIn.demoCustomer')}
            </ActionButton>
          </li>
        ))}
      </ul>
    </section>
  )
}
