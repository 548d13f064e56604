import type { ReactNode } from 'react'
import { useRevalidator } from 'react-router'
import { formatDay, formatTime } from '#platform/core'
import { ActionLink, LocaleLink, Notice, useLanguage, useTexts, useTimeZone } from '#platform/web'
import { isOpen, type SharedOffer } from '../core/index.ts'
import { OfferAnswers } from './offer-answers.tsx'
import { OfferMessages } from './offer-messages.tsx'
import style from './offer-page.module.css'
import { OfferPaper, pdfPath } from './offer-paper.tsx'

interface OfferViewProps {
  offer: SharedOffer
  /** where its newest version is shown, without language; null: this is it */
  newest: string | null
  /** below its number */
  place?: ReactNode
  /** after what was said */
  children?: ReactNode
}

/** An offer as the customer has it, by its link and in his account: what became of it, what it says, his answers, what was said. */
export function OfferView({ offer, newest, place, children }: OfferViewProps) {
  const t = useTexts('offers')
  const language = useLanguage()
  const { revalidate } = useRevalidator()
  const { recipient } = offer
  return (
    <article className={style.page}>
      <header className={style.head}>
        <div>
          <h1>
            {t('page.title')} {offer.number}
          </h1>
          <p className={style.muted}>{t('page.version', { version: offer.version })}</p>
          <p className={style.to}>{[recipient.company, recipient.name].filter(Boolean).join(' · ')}</p>
          {place}
        </div>
        <div className={style.facts}>
          <p>
            <span className={style.muted}>{t('page.validUntil')}</span> {formatDay(offer.validUntil, language)}
          </p>
          <ActionLink size="small" reloadDocument to={pdfPath(language, offer.token)}>
            {t('page.pdf')}
          </ActionLink>
        </div>
      </header>
      <OfferState offer={offer} newest={newest} />
      <OfferPaper offer={offer} />
      <OfferAnswers offer={offer} onDone={() => void revalidate()} />
      <OfferMessages messages={offer.messages} currency={offer.currency} />
      {children}
    </article>
  )
}

/** What became of it, where it is not simply open. */
function OfferState({ offer, newest }: { offer: SharedOffer; newest: string | null }) {
  const t = useTexts('offers')
  const language = useLanguage()
  const zone = useTimeZone()
  const { status, acceptance } = offer
  if (status === 'accepted' && acceptance)
    return (
      <Notice tone="good" title={t('state.accepted', { name: acceptance.name, time: formatTime(acceptance.at, language, zone) })}>
        {t('state.acceptedHelp')}
      </Notice>
    )
  if (status === 'sent' || status === 'draft' || status === 'accepted') return null
  return (
    <Notice tone={isOpen(status) ? 'info' : 'warn'} title={t(`state.${status}`)}>
      <p>{t(`state.${status}Help`)}</p>
      {newest ? (
        <p>
          <LocaleLink to={newest}>{t('state.newer')}</LocaleLink>
        </p>
      ) : null}
    </Notice>
  )
}
