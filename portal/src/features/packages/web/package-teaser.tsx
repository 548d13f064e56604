import { formatMoney, pathIn } from '#platform/core'
import { ActionLink, useLanguage, useTexts } from '#platform/web'
import type { Offering, Proof, Right } from '../core/index.ts'
import style from './packages.module.css'
import { ProofSection } from './proof-section.tsx'

interface TeaserProps {
  deviceId: string
  /** what is closed here */
  right: Right
  offering: Offering
  proofs: readonly Proof[]
}

/** In the place of what a company does not have at a machine: what it would show, in which package it is, and what that costs. */
export function PackageTeaser({ deviceId, right, offering, proofs }: TeaserProps) {
  const t = useTexts('packages')
  const language = useLanguage()
  const offer = offering.packages.find(({ rights }) => rights.includes(right))
  if (!offer) return null
  const { net, currency, months } = offer.price
  return (
    <section className={style.teaser}>
      <h2>{t('closedTitle', { what: t(`right.${right}`), name: offer.name[language] })}</h2>
      <p>{t(`rightText.${right}`)}</p>
      <p className={style.price}>
        {t('pricePer', { price: formatMoney(net, currency, language), count: months })}
        {offer.mayTry ? ` · ${t('trial', { count: offer.trialDays })}` : ''}
      </p>
      <ProofSection proof={proofs.find(({ packageId }) => packageId === offer.id)} />
      <div className={style.row}>
        <ActionLink strength="primary" to={pathIn(language, `/account/machines/${deviceId}/packages`)}>
          {t('see')}
        </ActionLink>
      </div>
    </section>
  )
}
