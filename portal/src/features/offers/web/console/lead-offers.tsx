import { useState } from 'react'
import { useNavigate } from 'react-router'
import { pathIn } from '#platform/core'
import {
  ActionButton,
  api,
  LocaleLink,
  Money,
  Notice,
  newIdempotencyKey,
  StatusBadge,
  useLanguage,
  useProblem,
  useTexts,
} from '#platform/web'
import { createOffer, type OfferSummary } from '../../core/index.ts'
import { offerTones } from '../offer-tones.ts'
import style from './console.module.css'

interface LeadOffersProps {
  leadId: string
  offers: readonly OfferSummary[]
  className?: string | undefined
}

/** The offers of a lead, and the button that begins one. */
export function LeadOffers({ leadId, offers, className }: LeadOffersProps) {
  const t = useTexts('offers')
  const language = useLanguage()
  const navigate = useNavigate()
  const { problem, attempt } = useProblem()
  const [busy, setBusy] = useState(false)
  const make = async () => {
    setBusy(true)
    const made = await attempt(() => api.call(createOffer, { params: { leadId }, idempotencyKey: newIdempotencyKey() }))
    setBusy(false)
    if (made) await navigate(pathIn(language, `/console/offers/${made.id}`))
  }
  return (
    <section className={className}>
      <h2>{t('console.ofThisLead')}</h2>
      {problem ? (
        <Notice tone="bad" live title={problem.detail}>
          {problem.remedy}
        </Notice>
      ) : null}
      {offers.length === 0 ? <p className={style.muted}>{t('console.noneOfLead')}</p> : null}
      <ul className={style.ofLead}>
        {offers.map(({ id, number, status, net, currency }) => (
          <li key={id}>
            <LocaleLink to={`/console/offers/${id}`}>{number}</LocaleLink>
            <StatusBadge tone={offerTones[status]}>{t(`console.states.${status}`)}</StatusBadge>
            <Money amount={net} currency={currency} />
          </li>
        ))}
      </ul>
      <ActionButton size="small" strength={offers.length === 0 ? 'primary' : 'secondary'} disabled={busy} onClick={make}>
        {t('console.make')}
      </ActionButton>
    </section>
  )
}

/** What an entry of the timeline says of an offer. */
export function OfferEntry({ data, who }: { data: Record<string, unknown>; who: string }) {
  const t = useTexts('offers')
  const words = { who, number: String(data.number ?? ''), version: String(data.version ?? '') }
  return (
    <>
      <LocaleLink to={`/console/offers/${String(data.offerId ?? '')}`}>
        {t(`console.happened.${String(data.happening)}`, words)}
      </LocaleLink>
      {data.notMoved === undefined ? null : ` ${t('console.notMoved')}`}
    </>
  )
}
