import { pathIn } from '#platform/core'
import { ActionLink, useLanguage, useTexts } from '#platform/web'
import style from './form-page.module.css'

/** Leads from the account to the page of its API keys. */
export function ApiKeysSection() {
  const t = useTexts('accounts')
  const language = useLanguage()
  return (
    <section className={style.section}>
      <h2>{t('apiKeys.title')}</h2>
      <p>{t('apiKeys.lead')}</p>
      <div className={style.actions}>
        <ActionLink to={pathIn(language, '/account/keys')}>{t('apiKeys.toKeys')}</ActionLink>
      </div>
    </section>
  )
}
