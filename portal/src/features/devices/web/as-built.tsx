import { formatNumber, formatUnit, type Language } from '#platform/core'
import { type Description, DescriptionList, useLanguage, useTexts } from '#platform/web'
import type { AsBuilt as AsBuiltView } from '../core/index.ts'
import style from './machines.module.css'

/** What a machine was built as; nothing where that is not known. */
export function AsBuilt({ asBuilt: { orderNumber, configuration } }: { asBuilt: AsBuiltView }) {
  const t = useTexts('devices')
  const language = useLanguage()
  if (orderNumber === null && configuration === null) return null
  const facts: Description[] = [
    ...(orderNumber === null ? [] : [{ term: t('orderNumber'), value: orderNumber }]),
    ...(configuration === null ? [] : [{ term: t('asBuilt.product'), value: configuration.productName[language] }]),
  ]
  const modules = (configuration?.modules ?? []).map(({ name, items }, place) => ({
    key: String(place),
    term: name[language],
    value: (
      <ul className={style.options}>
        {items.map(item => (
          <li key={`${item.name.en} ${item.code}`}>
            {itemText(item, language)}
            {item.code ? <small> {item.code}</small> : null}
          </li>
        ))}
      </ul>
    ),
  }))
  return (
    <section className={style.section}>
      <h2>{t('asBuilt.title')}</h2>
      <DescriptionList items={facts} />
      {modules.length > 0 ? (
        <details className={style.modules}>
          <summary>{t('asBuilt.modules', { count: modules.length })}</summary>
          <DescriptionList items={modules} />
        </details>
      ) : null}
    </section>
  )
}

type Item = NonNullable<AsBuiltView['configuration']>['modules'][number]['items'][number]

function itemText({ name, quantity, value, unit }: Item, language: Language): string {
  if (value !== undefined)
    return unit ? `${formatNumber(value, language)}\u202f${formatUnit(unit, language)}` : formatNumber(value, language)
  return quantity === undefined ? name[language] : `${name[language]} × ${formatNumber(quantity, language)}`
}
