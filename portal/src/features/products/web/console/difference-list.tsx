import { Money, useLanguage, useTexts } from '#platform/web'
import { type ComparedVersions, thingKinds } from '../../core/index.ts'
import style from './console-product-page.module.css'

/** What changed between two versions, by kind, in words. */
export function DifferenceList({ compared: { before, after, differences, total } }: { compared: ComparedVersions }) {
  const t = useTexts('products')
  const kinds = thingKinds.filter(kind => differences.some(found => found.kind === kind))
  const price = ({ startingPrice }: ComparedVersions['before']) =>
    startingPrice ? <Money amount={startingPrice.net} currency={startingPrice.currency} /> : t('console.product.onRequest')
  return (
    <div className={style.differences}>
      <p>
        {total === 0 ? t('console.difference.none') : t('console.difference.count', { count: total })} ·{' '}
        {t('console.difference.price')} {price(before)} → {price(after)}
      </p>
      {kinds.map(kind => (
        <section key={kind}>
          <h4>{t(`console.difference.kind.${kind}`)}</h4>
          <ul>
            {differences
              .filter(found => found.kind === kind)
              .map(found => (
                <DifferenceItem key={`${found.change} ${found.id}`} found={found} />
              ))}
          </ul>
        </section>
      ))}
      {total > differences.length ? <p>{t('console.difference.more', { count: total - differences.length })}</p> : null}
    </div>
  )
}

function DifferenceItem({ found }: { found: ComparedVersions['differences'][number] }) {
  const t = useTexts('products')
  const language = useLanguage()
  return (
    <li>
      <span className={style.change} data-change={found.change}>
        {t(`console.difference.${found.change}`)}
      </span>{' '}
      <strong>{found.name[language]}</strong>
      {found.details.length > 0 ? (
        <ul className={style.details}>
          {found.details.map(({ label, from, to }, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows of a table may say the same, and the list never changes in place
            <li key={at}>
              {label[language]}: {from ? <del>{from[language]}</del> : null}
              {from && to ? ' → ' : null}
              {to ? <ins>{to[language]}</ins> : null}
            </li>
          ))}
        </ul>
      ) : null}
    </li>
  )
}
