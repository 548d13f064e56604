import type { PricesTold } from '#features/products/core'
import { PriceWithheld } from '#features/products/web'
import { Measure, Money, useLanguage, useTexts } from '#platform/web'
import { breakdownOf, sheetValidity, type View, withBoundUnits } from '../core/index.ts'
import style from './summary-bar.module.css'
import { useOutline } from './use-configurator.ts'

/** Where the price comes from, by step, with tax and the terms it holds under. */
export function Breakdown({ view: { price }, prices }: { view: View; prices: PricesTold }) {
  const outline = useOutline()
  const t = useTexts('configurator')
  const language = useLanguage()
  const money = (amount: number) => <Money amount={amount} currency={price.currency} />
  if (prices === 'signed-in')
    return (
      <p>
        <PriceWithheld prices={prices} />
      </p>
    )
  if (prices === 'on-request') return <p className={style.terms}>{t('sheet.onRequestAll')}</p>
  if (price.status === 'on-request' && price.lines.length === 0) return <p className={style.terms}>{t('sheet.onRequestHelp')}</p>
  return (
    <>
      <table className={style.breakdown}>
        {breakdownOf(outline, price).map(({ step, lines, amount }) => (
          <tbody key={`${step?.id ?? ''} ${lines[0]!.rule}`}>
            {step ? (
              <tr className={style.part}>
                <th scope="rowgroup">{withBoundUnits(step.name[language])}</th>
                <td>{lines.length > 1 ? money(amount) : null}</td>
              </tr>
            ) : null}
            {lines.map(line => (
              <tr key={`${line.rule} ${line.option ?? ''}`} className={step ? style.within : ''}>
                <th scope="row">
                  {withBoundUnits(line.name[language])}
                  {line.quantity === 1 ? '' : ` × ${line.quantity}`}
                </th>
                <td>{money(line.amount)}</td>
              </tr>
            ))}
          </tbody>
        ))}
        {price.status === 'priced' ? (
          <tfoot>
            <tr>
              <th scope="row">{t('page.total')}</th>
              <td>{money(price.net)}</td>
            </tr>
            {price.tax ? (
              <>
                <tr className={style.tax}>
                  <th scope="row">
                    {price.tax.name[language]} <Measure value={price.tax.percent} unit="%" />
                  </th>
                  <td>{money(price.tax.amount)}</td>
                </tr>
                <tr>
                  <th scope="row">{t('page.gross')}</th>
                  <td>{money(price.gross)}</td>
                </tr>
              </>
            ) : null}
          </tfoot>
        ) : null}
      </table>
      <p className={style.terms}>
        {price.status === 'priced' ? t('page.terms', { days: sheetValidity }) : t('sheet.onRequestHelp')}
      </p>
    </>
  )
}
