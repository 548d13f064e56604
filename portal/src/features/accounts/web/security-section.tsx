import { useState } from 'react'
import { useRevalidator } from 'react-router'
import { Notice, useTexts } from '#platform/web'
import type { AccountView, SecurityView } from '../core/index.ts'
import formStyle from './form-page.module.css'
import { PasskeysItem } from './passkeys-item.tsx'
import { PasswordItem } from './password-item.tsx'
import { PhoneItem } from './phone-item.tsx'
import { ProviderItem } from './provider-item.tsx'
import { SecondFactorItem } from './second-factor-item.tsx'
import style from './security.module.css'

/** By what the own account is protected, each way with what can be done about it. */
export function SecuritySection({ account, security }: { account: AccountView; security: SecurityView }) {
  const t = useTexts('accounts')
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
        <PasswordItem account={account} hasPassword={security.password} onChanged={changed} />
        <PasskeysItem security={security} onChanged={changed} />
        {security.phone ? <PhoneItem phone={security.phone} methods={security.methods} onChanged={changed} /> : null}
        <SecondFactorItem security={security} onChanged={changed} />
        {security.providers.map(provider => (
          <ProviderItem key={provider.id} provider={provider} methods={security.methods} onChanged={changed} />
        ))}
      </div>
    </section>
  )
}
