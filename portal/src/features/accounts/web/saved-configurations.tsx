import { useState } from 'react'
import { listMyConfigurations } from '#features/configurator/core'
import { type CallResult, formatDate, pathIn } from '#platform/core'
import { ActionButton, ActionLink, api, LocaleLink, Money, useLanguage, useTexts, useTimeZone } from '#platform/web'
import style from './form-page.module.css'

type Page = CallResult<typeof listMyConfigurations>

/** What this person and his colleagues saved, newest first; each leads to its specification sheet. */
export function SavedConfigurations({ first, me }: { first: Page; me: string }) {
  const t = useTexts('accounts')
  const language = useLanguage()
  const zone = useTimeZone()
  const [{ items, nextCursor }, setShown] = useState(first)
  const more = async (cursor: string) => {
    const next = await api.call(listMyConfigurations, { query: { cursor } })
    setShown({ items: [...items, ...next.items], nextCursor: next.nextCursor })
  }
  return (
    <section className={style.section}>
      <h2>{t('account.configurations')}</h2>
      {items.length === 0 ? (
        <>
          <p>{t('account.noConfigurations')}</p>
          <div className={style.actions}>
            <ActionLink to={pathIn(language, '/products')}>{t('account.configure')}</ActionLink>
          </div>
        </>
      ) : (
        <ul className={style.saved}>
          {items.map(({ token, productName, createdAt, net, currency, savedBy }) => (
            <li key={token}>
              <LocaleLink to={`/c/${token}`}>{productName[language]}</LocaleLink>
              <small>
                <time dateTime={createdAt}>{formatDate(createdAt, language, zone)}</time>
                {savedBy.id === me ? '' : ` · ${savedBy.name}`}
              </small>
              <span>{net === null ? t('account.onRequest') : <Money amount={net} currency={currency} />}</span>
            </li>
          ))}
        </ul>
      )}
      {nextCursor ? <ActionButton onClick={() => more(nextCursor)}>{t('account.moreConfigurations')}</ActionButton> : null}
    </section>
  )
}
