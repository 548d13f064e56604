import { useEffect, useState } from 'react'
import { ActionButton, Money, useLanguage, useTexts } from '#platform/web'
import type { Cheapest as Found } from '../core/cheapest.ts'
import type { View } from '../core/index.ts'
import { changeText } from './change-text.ts'
import type { EngineClient } from './engine-client.ts'
import style from './summary-bar.module.css'
import { useOutline } from './use-configurator.ts'

/** What the choices made can be had for at least, and what would be otherwise then. */
export function Cheapest({ view, client, onTake }: { view: View; client: EngineClient; onTake(): void }) {
  const t = useTexts('configurator')
  const language = useLanguage()
  const outline = useOutline()
  const [found, setFound] = useState<Found | null>()
  useEffect(() => {
    let current = true
    setFound(undefined)
    void client.cheapest(view).then(answer => current && setFound(answer))
    return () => {
      current = false
    }
  }, [client, view])
  const { price } = view
  if (price.status !== 'priced' || found === null) return null
  const money = (amount: number, difference = false) => (
    <Money amount={amount} currency={price.currency} {...(difference && { difference })} />
  )
  return (
    <section className={style.cheapest} aria-label={t('cheapest.title')} aria-busy={!found} data-cheapest={found?.net ?? ''}>
      <h3>{t('cheapest.title')}</h3>
      {!found ? (
        <p role="status">{t('cheapest.working')}</p>
      ) : found.changes.length === 0 ? (
        <p role="status">{t(found.bound === found.net ? 'cheapest.already' : 'cheapest.noneFound')}</p>
      ) : (
        <>
          <p role="status">
            {t('cheapest.from')} <strong>{money(found.net)}</strong> ({money(found.net - price.net, true)})
          </p>
          <ul>
            {found.changes.map(change => (
              <li key={JSON.stringify(change)}>{changeText(t, outline, change, language)}</li>
            ))}
          </ul>
          <ActionButton
            size="small"
            onClick={() => {
              client.act({ act: 'replace', decisions: found.decisions, asked: [] })
              onTake()
            }}
          >
            {t('cheapest.take')}
          </ActionButton>
        </>
      )}
      {found && found.bound !== null && found.bound < found.net ? (
        <p className={style.terms}>
          {t('cheapest.bound')} {money(found.bound)}
        </p>
      ) : null}
    </section>
  )
}
