import { Money, useTexts } from '#platform/web'
import type { ProductSummary } from '../core/index.ts'
import style from './price-from.module.css'

/** What the standard configuration costs, and under which terms that number stands. */
export function PriceFrom({ price }: { price: ProductSummary['startingPrice'] }) {
  const t = useTexts('products')
  if (!price) return <p className={style.price}>{t('product.onRequest')}</p>
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
