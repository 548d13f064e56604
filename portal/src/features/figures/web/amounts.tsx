import type { ReactNode } from 'react'
import { Link, useSearchParams } from 'react-router'
import { formatMoney, formatNumber } from '#platform/core'
import { type Column, DataTable, Money, searchWith, useLanguage, useTexts } from '#platform/web'
import { average, type Figures, rate, sourceName, type ValuedStep, valuedSteps, type Worth } from '../core/index.ts'
import style from './figures-page.module.css'
import { change, percent } from './funnel.tsx'
import { Meaning } from './meaning.tsx'

/** What was asked for, offered and won is worth, in each currency for itself; nothing for whoever may not see offers. */
export function Amounts({ figures: { amounts } }: { figures: Figures }) {
  const t = useTexts('figures')
  const columns = useColumns()
  if (amounts === null) return null
  const { now, earlier } = amounts
  const rows = now.flatMap(worth =>
    valuedSteps.map((step, i) => ({
      step,
      currency: worth.currency,
      ...worth[step],
      of: i === 0 ? null : worth[valuedSteps[i - 1]!].net,
      earlier: earlier && (earlier.find(({ currency }) => currency === worth.currency)?.[step].net ?? 0),
    })),
  )
  return (
    <section className={style.section}>
      <h2>{t('worth.title')}</h2>
      <p className={style.hint}>{t('worth.help')}</p>
      <DataTable
        label={t('worth.title')}
        columns={columns}
        rows={rows}
        rowId={({ step, currency }) => `${currency} ${step}`}
        empty={<p className={style.hint}>{t('worth.none')}</p>}
      />
      {rows.length > 0 ? (
        <div className={style.meanings}>
          <Meaning name={t('worth.each')}>{t('means.worth.each')}</Meaning>
          <Meaning name={t('worth.ofStep')}>{t('means.worth.ofStep')}</Meaning>
        </div>
      ) : null}
    </section>
  )
}

interface Row {
  step: ValuedStep
  currency: string
  net: number
  count: number
  /** what the step before it was worth */
  of: number | null
  earlier: number | null
}

function useColumns(): Column<Row>[] {
  const t = useTexts('figures')
  const language = useLanguage()
  return [
    {
      id: 'step',
      title: t('worth.name'),
      cell: ({ step }) => <Meaning name={t(`worth.${step}`)}>{t(`means.worth.${step}`)}</Meaning>,
    },
    {
      id: 'net',
      title: t('worth.net'),
      cell: ({ net, currency }) => (
        <strong>
          <Money amount={net} currency={currency} />
        </strong>
      ),
      numeric: true,
    },
    {
      id: 'rate',
      title: t('worth.ofStep'),
      cell: ({ net, of }) => {
        const became = rate(net, of)
        return became === null ? '' : percent(became)
      },
      numeric: true,
      optional: true,
    },
    { id: 'count', title: t('worth.count'), cell: ({ count }) => formatNumber(count, language), numeric: true, optional: true },
    {
      id: 'each',
      title: t('worth.each'),
      cell: row => {
        const each = average(row, row.currency)
        return each === null ? '–' : <Money amount={each} currency={row.currency} />
      },
      numeric: true,
    },
    {
      id: 'earlier',
      title: t('funnel.earlier'),
      cell: ({ net, currency, earlier }) =>
        earlier === null ? '–' : `${formatMoney(earlier, currency, language)} ${change(net, earlier)}`.trim(),
      numeric: true,
      optional: true,
    },
  ]
}

/** The same by product and by source: a row for each, and for each currency of it. */
export function AmountsBy({ figures: { amounts } }: { figures: Figures }) {
  const t = useTexts('figures')
  const language = useLanguage()
  const [search] = useSearchParams()
  if (amounts === null || amounts.now.length === 0) return null
  const products = amounts.byProduct.map(({ product: { slug, name }, worth }) => ({
    id: slug,
    name: (
      <Link to={searchWith(search, { product: slug })} aria-label={t('products.open', { product: name[language] })}>
        {name[language]}
      </Link>
    ),
    worth,
  }))
  const sources = amounts.bySource.map(({ source, worth }) => ({ id: source, name: sourceName(source, language), worth }))
  return (
    <>
      {products.length > 0 ? <Parts title={t('worth.byProduct')} name={t('products.product')} rows={products} /> : null}
      {sources.length > 0 ? <Parts title={t('worth.bySource')} name={t('sources.source')} rows={sources} /> : null}
    </>
  )
}

interface Part {
  id: string
  name: ReactNode
  worth: Worth
}

function Parts({ title, name, rows }: { title: string; name: string; rows: readonly Part[] }) {
  const t = useTexts('figures')
  const columns: Column<Part>[] = [
    { id: 'name', title: name, cell: part => part.name },
    ...valuedSteps.map(step => ({
      id: step,
      title: t(`worth.${step}`),
      cell: ({ worth }: Part) => (worth[step].count === 0 ? '–' : <Money amount={worth[step].net} currency={worth.currency} />),
      numeric: true,
      optional: step === 'inquired',
    })),
    {
      id: 'deal',
      title: t('worth.deal'),
      cell: ({ worth }) => {
        const deal = average(worth.won, worth.currency)
        return deal === null ? '–' : <Money amount={deal} currency={worth.currency} />
      },
      numeric: true,
      optional: true,
    },
  ]
  return (
    <section className={style.section}>
      <h2>{title}</h2>
      <DataTable label={title} columns={columns} rows={rows} rowId={({ id, worth }) => `${worth.currency} ${id}`} empty={null} />
    </section>
  )
}
