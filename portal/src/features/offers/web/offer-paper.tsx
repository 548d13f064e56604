import { formatNumber, type Language, pathIn } from '#platform/core'
import { DescriptionList, LocaleLink, Money, useLanguage, useTexts } from '#platform/web'
import type { SharedOffer } from '../core/index.ts'
import style from './offer-paper.module.css'

type Shown = Pick<SharedOffer, 'lines' | 'totals' | 'discount' | 'taxPercent' | 'terms' | 'currency'>

/** What is offered, as a document: lines, sums, terms. */
export function OfferPaper({ offer }: { offer: Shown }) {
  const t = useTexts('offers')
  return (
    <div className={style.paper}>
      <Lines offer={offer} />
      <Sums offer={offer} />
      <Terms terms={offer.terms} title={t('page.terms')} />
    </div>
  )
}

function Lines({ offer: { lines, currency } }: { offer: Shown }) {
  const t = useTexts('offers')
  const language = useLanguage()
  return (
    <table className={style.lines}>
      <thead>
        <tr>
          <th scope="col">{t('page.line')}</th>
          <th scope="col">{t('page.quantity')}</th>
          <th scope="col">{t('page.unitPrice')}</th>
          <th scope="col">{t('page.amount')}</th>
        </tr>
      </thead>
      <tbody>
        {lines.map(line => (
          <tr key={line.id}>
            <th scope="row">
              <span className={style.name}>{line.name}</span>
              {line.code ? <span className={style.code}>{line.code}</span> : null}
              {line.text ? <span className={style.text}>{line.text}</span> : null}
              {line.configurationToken ? <LocaleLink to={`/c/${line.configurationToken}`}>{t('page.sheet')}</LocaleLink> : null}
            </th>
            <td data-label={t('page.quantity')}>
              {formatNumber(line.quantity, language)} {line.unit}
            </td>
            <td data-label={t('page.unitPrice')}>
              <Money amount={line.unitPrice} currency={currency} />
              {line.discountPercent > 0 ? (
                <span className={style.off}>
                  {t('page.lineDiscount', { percent: formatNumber(line.discountPercent, language) })}
                </span>
              ) : null}
            </td>
            <td data-label={t('page.amount')}>
              <Money amount={line.amount} currency={currency} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Sums({ offer: { totals, discount, taxPercent, currency } }: { offer: Shown }) {
  const t = useTexts('offers')
  const language = useLanguage()
  const off =
    discount.kind === 'percent'
      ? t('page.discountPercent', { percent: formatNumber(discount.percent, language) })
      : t('page.discount')
  const rows: [string, number, boolean?][] = [
    ...(totals.discount > 0
      ? ([
          [t('page.subtotal'), totals.subtotal],
          [off, -totals.discount],
        ] as [string, number][])
      : []),
    [t('page.net'), totals.net],
    [t('page.tax', { percent: formatNumber(taxPercent, language) }), totals.tax],
    [t('page.gross'), totals.gross, true],
  ]
  return (
    <dl className={style.sums}>
      {rows.map(([name, amount, strong = false]) => (
        <div key={name} className={strong ? style.total : undefined}>
          <dt>{name}</dt>
          <dd>
            <Money amount={amount} currency={currency} difference={amount < 0} />
          </dd>
        </div>
      ))}
    </dl>
  )
}

function Terms({ terms, title }: { terms: SharedOffer['terms']; title: string }) {
  const t = useTexts('offers')
  const language = useLanguage()
  const { delivery, leadWeeks, payment, installation, warranty, notes } = terms
  const items = [
    { term: t('page.delivery'), value: delivery },
    { term: t('page.leadTime'), value: leadWeeks === null ? '' : t('page.weeks', { count: leadWeeks }) },
    { term: t('page.payment'), value: payment.map(part => instalment(part, language)).join('\n') },
    { term: t('page.installation'), value: installation },
    { term: t('page.warranty'), value: warranty },
    { term: t('page.notes'), value: notes },
  ].filter(({ value }) => value !== '')
  if (items.length === 0) return null
  return (
    <section className={style.terms}>
      <h2>{title}</h2>
      <DescriptionList items={items.map(({ term, value }) => ({ term, value: <span className={style.words}>{value}</span> }))} />
    </section>
  )
}

const instalment = ({ percent, text }: { percent: number; text: string }, language: Language) =>
  `${formatNumber(percent, language)} % ${text}`

/** Path of the PDF of a link. */
export const pdfPath = (language: Language, token: string): string => pathIn(language, `/offers/${token}/offer.pdf`)
