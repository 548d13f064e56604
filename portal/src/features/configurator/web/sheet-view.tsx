import { PriceWithheld, ProductDrawing } from '#features/products/web'
import { formatDate, pathIn } from '#platform/core'
import { ActionLink, Measure, Money, Notice, useLanguage, useTexts, useTimeZone } from '#platform/web'
import { type Sheet, sheetValidity, withBoundUnits } from '../core/index.ts'
import style from './sheet-view.module.css'

interface SheetViewProps {
  sheet: Sheet
  /** h1 on its own page, h2 inside another */
  heading: 'h1' | 'h2'
}

/** The specification sheet on a page; what the PDF says, in the same order. */
export function SheetView({ sheet, heading: Heading }: SheetViewProps) {
  const t = useTexts('configurator')
  const language = useLanguage()
  const zone = useTimeZone()
  return (
    <article className={style.sheet}>
      {sheet.withdrawn ? (
        <Notice tone="warn">
          <p>{t('sheet.withdrawn')}</p>
        </Notice>
      ) : null}
      <header className={style.head}>
        <div>
          <p className={style.kind}>{t('sheet.title')}</p>
          <Heading>{sheet.productName[language]}</Heading>
          <dl className={style.facts}>
            {sheet.typeCode ? <Fact name={t('sheet.typeCode')}>{sheet.typeCode}</Fact> : null}
            <Fact name={t('sheet.model')}>{sheet.modelVersion}</Fact>
            <Fact name={t('sheet.date')}>{formatDate(sheet.createdAt, language, zone)}</Fact>
            {sheet.price.status === 'priced' ? (
              <Fact name={t('sheet.validUntil')}>{formatDate(sheet.validUntil, language, zone)}</Fact>
            ) : null}
          </dl>
        </div>
        <div className={style.actions} data-screen-only>
          <ActionLink strength="primary" reloadDocument to={pathIn(language, `/c/${sheet.token}/sheet.pdf`)}>
            {t('sheet.download')}
          </ActionLink>
          {sheet.currentVersionId ? (
            <ActionLink to={pathIn(language, `/configure/${sheet.productSlug}?from=${sheet.token}`)}>
              {sheet.withdrawn ? t('sheet.reconfigure') : t('sheet.continue')}
            </ActionLink>
          ) : null}
        </div>
      </header>
      <ProductDrawing
        className={style.drawing}
        modelId={sheet.modelId}
        selection={sheet.selection}
        dimensions
        title={sheet.productName[language]}
      />
      <section>
        <h2>{t('sheet.options')}</h2>
        <table className={style.table}>
          <thead>
            <tr>
              <th scope="col">{t('sheet.item')}</th>
              <th scope="col">{t('sheet.choice')}</th>
              <th scope="col">{t('sheet.code')}</th>
            </tr>
          </thead>
          <tbody>
            {sheet.groups.map((group, place) => (
              <SheetGroup key={group.id} group={group} heads={sheet.groups[place - 1]?.step.en !== group.step.en} />
            ))}
          </tbody>
        </table>
      </section>
      {sheet.spec.length > 0 ? (
        <section>
          <h2>{t('sheet.specification')}</h2>
          <table className={style.table}>
            <tbody>
              {sheet.spec.map(line => (
                <tr key={line.id}>
                  <th scope="row">{line.name[language]}</th>
                  <td>
                    {typeof line.value === 'number' ? (
                      <Measure value={line.value} unit={line.unit} decimals={line.decimals} />
                    ) : (
                      line.value[language]
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      ) : null}
      <section>
        <h2>{t('sheet.price')}</h2>
        <SheetPrice sheet={sheet} />
      </section>
    </article>
  )
}

/** The choices of one question, under the name of its step where it is the first of it. */
function SheetGroup({ group, heads }: { group: Sheet['groups'][number]; heads: boolean }) {
  const t = useTexts('configurator')
  const language = useLanguage()
  const name = group.name[language]
  const step = group.step[language]
  return (
    <>
      {heads && name !== step ? (
        <tr>
          <th scope="rowgroup" colSpan={3} className={style.step}>
            {withBoundUnits(step)}
          </th>
        </tr>
      ) : null}
      {group.items.map((item, index) => (
        <tr key={item.name.en}>
          <td className={name === step ? style.own : style.muted}>{index === 0 ? withBoundUnits(name) : ''}</td>
          <td>
            {item.value !== undefined ? (
              <Measure value={item.value} unit={item.unit} />
            ) : item.name[language] === name && name !== step ? (
              t('sheet.included')
            ) : (
              withBoundUnits(item.name[language])
            )}
            {item.quantity === undefined ? '' : ` × ${item.quantity}`}
          </td>
          <td className={style.muted}>{item.code ?? ''}</td>
        </tr>
      ))}
    </>
  )
}

function SheetPrice({ sheet: { price, prices } }: { sheet: Sheet }) {
  const t = useTexts('configurator')
  const language = useLanguage()
  if (prices === 'signed-in')
    return (
      <p>
        <PriceWithheld prices={prices} />
      </p>
    )
  if (price.status === 'on-request') return <p>{t(prices === 'shown' ? 'sheet.onRequestHelp' : 'sheet.onRequestAll')}</p>
  const money = (amount: number) => <Money amount={amount} currency={price.currency} />
  return (
    <>
      <table className={`${style.table} ${style.amounts}`}>
        <tbody>
          {price.lines.map(line => (
            <tr key={`${line.rule} ${line.option ?? ''}`}>
              <th scope="row">
                {line.name[language]}
                {line.quantity === 1 ? '' : ` × ${line.quantity}`}
              </th>
              <td>{money(line.amount)}</td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{t('sheet.net')}</th>
            <td>{money(price.net)}</td>
          </tr>
          {price.tax ? (
            <>
              <tr>
                <th scope="row">
                  {price.tax.name[language]} <Measure value={price.tax.percent} unit="%" />
                </th>
                <td>{money(price.tax.amount)}</td>
              </tr>
              <tr>
                <th scope="row">{t('sheet.gross')}</th>
                <td>{money(price.gross)}</td>
              </tr>
            </>
          ) : null}
        </tfoot>
      </table>
      <p className={style.terms}>{t('sheet.termsText', { days: sheetValidity })}</p>
    </>
  )
}

function Fact({ name, children }: { name: string; children: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}
