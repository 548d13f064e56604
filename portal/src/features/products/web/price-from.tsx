import { Money, useTexts } from '#platform/web'
import type { ProductSummary } from '../core/index.ts'
import style from './price-from.module.css'
import { PriceWithheld } from './price-withheld.tsx'

/** What the standard configuration costs, and under which terms that number stands. */
export function PriceFrom({ product: { startingPrice: price, prices } }: { product: ProductSummary }) {
  const t = useTexts('products')
  if (!price)
    return (
      <p className={style.price}>
        <PriceWithheld prices={prices} />
      </p>
    )
  return (
    <p className={style.price}>
      <span className={style.amount}>
        <Money amount={price.net} currency={price.currency} />
      </span>
      <span className={style.note}>
        {t('product.from')} · {t('product.net')}
      </span>
    </p>
  )
}
