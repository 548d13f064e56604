import { Link, useSearchParams } from 'react-router'
import { formatNumber } from '#platform/core'
import { type Column, DataTable, searchWith, useLanguage, useTexts } from '#platform/web'
import { durationWords, type Figures, productSteps } from '../core/index.ts'
import style from './figures-page.module.css'

type Row = Figures['byProduct'][number]

/** The same by product; a product's name leads to its own figures. */
export function Products({ figures: { byProduct } }: { figures: Figures }) {
  const t = useTexts('figures')
  const language = useLanguage()
  const [search] = useSearchParams()
  if (byProduct.length === 0) return null
  const lasting = (seconds: number | null) => (seconds === null ? '–' : durationWords(seconds, language))
  const columns: Column<Row>[] = [
    {
      id: 'product',
      title: t('products.product'),
      cell: ({ product: { slug, name } }) => (
        <Link to={searchWith(search, { product: slug })} aria-label={t('products.open', { product: name[language] })}>
          {name[language]}
        </Link>
      ),
    },
    ...productSteps.map(step => ({
      id: step,
      title: t(`step.${step}`),
      cell: ({ counts }: Row) => formatNumber(counts[step], language),
      numeric: true,
      optional: step !== 'configured' && step !== 'inquired' && step !== 'won',
    })),
    { id: 'stay', title: t('products.stay'), cell: ({ seconds }) => lasting(seconds), numeric: true, optional: true },
    {
      id: 'answer',
      title: t('products.answer'),
      cell: ({ answerMinutes }) => lasting(answerMinutes === null ? null : answerMinutes * 60),
      numeric: true,
      optional: true,
    },
  ]
  return (
    <section className={style.section}>
      <h2>{t('products.title')}</h2>
      <DataTable
        label={t('products.title')}
        columns={columns}
        rows={byProduct}
        rowId={({ product }) => product.slug}
        empty={null}
      />
    </section>
  )
}
