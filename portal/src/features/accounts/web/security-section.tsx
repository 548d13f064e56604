import { useState } from 'react'
import { useRevalidator } from 'react-router'
import { pathIn } from '#platform/core'
import { ActionLink, Notice, useLanguage, useTexts } from '#platform/web'
import type { AccountView, SecurityView } from '../core/index.ts'
import formStyle from './form-page.module.css'
import { SecondFactorItem } from './second-factor-item.tsx'
import style from './security.module.css'
import { SecurityItem } from './security-item.tsx'

/** By what the own account is protected, each way with what can be done about it. */
export function SecuritySection({ account, security }: { account: AccountView; security: SecurityView }) {
  const t = useTexts('accounts')
  const language = useLanguage()
  const { revalidate } = useRevalidator()
  const [done, setDone] = useState('')
  const changed = (message: string) => {
    setDone(message)
    void revalidate()
  }
  return (
    <section className={formStyle.section}>
      <h2>{t('security.title')}</h2>
      {done ? <Notice tone="good" live title={done} /> : null}
      <div className={style.items}>
        <SecurityItem
          title={t('security.password')}
          state={t('account.securityLead')}
          actions={
            <ActionLink size="small" to={`${pathIn(language, '/forgot')}?email=${encodeURIComponent(account.email)}`}>
              {t('account.changePassword')}
            </ActionLink>
          }
        />
        <SecondFactorItem security={security} onChanged={changed} />
      </div>
    </section>
  )
}
