import { pathIn } from '#platform/core'
import { ActionLink, LocaleLink, useLanguage, useTexts } from '#platform/web'
import type { ProductSummary } from '../core/index.ts'
import { Facts } from './facts.tsx'
import { PriceFrom } from './price-from.tsx'
import style from './product-row.module.css'
import { factsOf } from './spec-value.tsx'
import { Thumbnail } from './stage.tsx'

/** A product in a list: drawing, what it is, its numbers, price, and the way to configure it. */
export function ProductRow({ product, heading: Heading = 'h2' }: { product: ProductSummary; heading?: 'h2' | 'h3' }) {
  const t = useTexts('products')
  const language = useLanguage()
  const page = `/products/${product.slug}`
  return (
    <article className={style.row}>
      <Thumbnail product={product} />
      <div className={style.words}>
        <Heading className={style.name}>
          <LocaleLink to={page}>{product.name[language]}</LocaleLink>
        </Heading>
        {product.description ? <p className={style.use}>{product.description[language]}</p> : null}
        <Facts size="small" facts={factsOf(product.headline, language)} />
      </div>
      <div className={style.side}>
        <PriceFrom product={product} />
        <div className={style.actions}>
          <ActionLink
            to={pathIn(language, `/configure/${product.slug}`)}
            aria-label={`${t('product.configure')} ${product.name[language]}`}
          >
            {t('product.configure')}
          </ActionLink>
          <ActionLink strength="quiet" to={pathIn(language, page)} aria-label={`${t('list.details')} ${product.name[language]}`}>
            {t('list.details')}
          </ActionLink>
        </div>
      </div>
    </article>
  )
}
