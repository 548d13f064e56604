import { Form, Link, useSearchParams, useSubmit } from 'react-router'
import { formatDate } from '#platform/core'
import { ActionButton, Segments, searchWith, useLanguage, useTexts } from '#platform/web'
import { addDays, daysIn, type Figures, periodKinds } from '../core/index.ts'
import style from './period-bar.module.css'

/** Which period and product the page shows. Both live in its address. */
export function PeriodBar({ figures }: { figures: Figures }) {
  const t = useTexts('figures')
  const language = useLanguage()
  const submit = useSubmit()
  const [search] = useSearchParams()
  const { period, today, product, products } = figures
  const { kind, whole, counted } = period
  const day = (at: string) => formatDate(at, language, 'UTC')
  const later = addDays(whole.to, 1)
  const at = (when: string) => searchWith(search, { at: when, from: null, to: null })
  return (
    <section className={style.bar} aria-label={t('period.label')}>
      <Segments
        label={t('period.label')}
        items={periodKinds.map(one => ({
          key: one,
          to: searchWith(search, { period: one, at: null, from: null, to: null }),
          title: t(`period.${one}`),
          chosen: one === kind,
        }))}
      />
      {kind === 'days' ? (
        <Form className={style.days} method="get" preventScrollReset>
          <input type="hidden" name="period" value="days" />
          {product ? <input type="hidden" name="product" value={product.slug} /> : null}
          <label>
            {t('period.from')}
            <input type="date" name="from" defaultValue={whole.from} max={today} required key={whole.from} />
          </label>
          <label>
            {t('period.to')}
            <input type="date" name="to" defaultValue={whole.to} required key={whole.to} />
          </label>
          <ActionButton type="submit">{t('period.show')}</ActionButton>
        </Form>
      ) : (
        <div className={style.turn}>
          <Link to={at(addDays(whole.from, -1))} preventScrollReset>
            {t('period.earlier')}
          </Link>
          {later <= today ? (
            <Link to={at(later)} preventScrollReset>
              {t('period.later')}
            </Link>
          ) : null}
        </div>
      )}
      {products.length > 1 ? (
        <Form className={style.days} method="get" preventScrollReset onChange={event => void submit(event.currentTarget)}>
          {[...search]
            .filter(([name]) => name !== 'product')
            .map(([name, value]) => (
              <input type="hidden" name={name} value={value} key={name} />
            ))}
          <label>
            {t('period.product')}
            <select name="product" defaultValue={product?.slug ?? ''} key={product?.slug ?? ''}>
              <option value="">{t('period.allProducts')}</option>
              {products.map(({ slug, name }) => (
                <option value={slug} key={slug}>
                  {name[language]}
                </option>
              ))}
            </select>
          </label>
        </Form>
      ) : null}
      <h2 className={style.span}>
        {t('period.span', { from: day(whole.from), to: day(whole.to) })}
        {counted.to < whole.to ? <small> {t('period.sofar', { to: day(counted.to), count: daysIn(counted) })}</small> : null}
      </h2>
    </section>
  )
}
