import { useState } from 'react'
import { type LoaderFunctionArgs, type MetaFunction, useLoaderData, useRevalidator } from 'react-router'
import { formatTime, pathIn, translate } from '#platform/core'
import {
  ActionButton,
  ActionLink,
  api,
  apiContext,
  type Column,
  ConfirmDialog,
  DataTable,
  EmptyState,
  LocaleLink,
  languageContext,
  PageHeader,
  StatusBadge,
  type Tone,
  useLanguage,
  usePages,
  useProblem,
  useTexts,
  useTimeZone,
} from '#platform/web'
import { changeProduct, listManagedProducts, type ManagedProduct } from '../core/index.ts'
import style from './console-products-page.module.css'
import { ImportModel } from './import-model.tsx'
import { ProblemNotice } from './problem-notice.tsx'
import { ExportLink } from './workbook-links.tsx'

/** /console/products: what the catalogue holds, and the way in for model files. */
export async function loader({ context }: LoaderFunctionArgs) {
  return { page: await context.get(apiContext).call(listManagedProducts, {}), language: context.get(languageContext) }
}

export const meta: MetaFunction<typeof loader> = ({ loaderData }) =>
  loaderData ? [{ title: translate(loaderData.language, 'products:console.title') }] : []

export default function ConsoleProductsPage() {
  const { page } = useLoaderData<typeof loader>()
  const t = useTexts('products')
  const { revalidate } = useRevalidator()
  const pages = usePages(page, cursor => api.call(listManagedProducts, { query: { cursor } }))
  const [withdrawing, setWithdrawing] = useState<ManagedProduct | null>(null)
  const { problem, attempt } = useProblem()

  const setStatus = async (product: ManagedProduct, status: ManagedProduct['status']) => {
    await attempt(() =>
      api.call(changeProduct, { params: { productId: product.id }, body: { status }, ifMatch: String(product.revision) }),
    )
    setWithdrawing(null)
    await revalidate()
  }
  return (
    <>
      <PageHeader title={t('console.title')}>{t('console.help')}</PageHeader>
      <ImportModel onImported={() => revalidate()} />
      {problem ? <ProblemNotice problem={problem} /> : null}
      <DataTable
        label={t('console.title')}
        columns={useColumns(setWithdrawing, setStatus)}
        {...pages}
        rowId={product => product.id}
        empty={<EmptyState title={t('console.none')}>{t('console.noneHelp')}</EmptyState>}
      />
      <ConfirmDialog
        open={withdrawing !== null}
        title={t('console.withdrawTitle', { name: withdrawing?.name[useLanguage()] ?? '' })}
        action={t('console.withdraw')}
        danger
        onConfirm={() => withdrawing && setStatus(withdrawing, 'withdrawn')}
        onClose={() => setWithdrawing(null)}
      >
        {t('console.withdrawHelp')}
      </ConfirmDialog>
    </>
  )
}

const tones: Record<ManagedProduct['status'], Tone> = { draft: 'neutral', published: 'good', withdrawn: 'warn' }

function useColumns(
  onWithdraw: (product: ManagedProduct) => void,
  onStatus: (product: ManagedProduct, status: ManagedProduct['status']) => void,
): Column<ManagedProduct>[] {
  const t = useTexts('products')
  const language = useLanguage()
  const zone = useTimeZone()
  return [
    {
      id: 'name',
      title: t('console.name'),
      cell: product => (
        <>
          {product.status === 'published' ? (
            <LocaleLink to={`/products/${product.slug}`}>{product.name[language]}</LocaleLink>
          ) : (
            product.name[language]
          )}
          {product.untranslated ? <span className={style.flag}>{t('console.untranslated')}</span> : null}
          {product.notes.length > 0 ? <Notes notes={product.notes} /> : null}
        </>
      ),
    },
    {
      id: 'status',
      title: t('console.status'),
      cell: product => <StatusBadge tone={tones[product.status]}>{t(`status.${product.status}`)}</StatusBadge>,
      narrow: true,
    },
    { id: 'version', title: t('console.version'), cell: product => product.version, narrow: true, optional: true },
    { id: 'options', title: t('console.options'), cell: product => product.options, numeric: true, optional: true },
    { id: 'constraints', title: t('console.constraints'), cell: product => product.constraints, numeric: true, optional: true },
    {
      id: 'format',
      title: t('console.format'),
      cell: product => t(`format.${product.sourceFormat}`),
      narrow: true,
      optional: true,
    },
    {
      id: 'updatedAt',
      title: t('console.updatedAt'),
      cell: product => formatTime(product.updatedAt, language, zone),
      narrow: true,
      optional: true,
    },
    {
      id: 'actions',
      title: t('console.actions'),
      cell: product => (
        <span className={style.actions}>
          <ExportLink productId={product.id} />
          {product.status === 'published' ? (
            <>
              <ActionLink size="small" to={pathIn(language, `/configure/${product.slug}`)}>
                {t('console.configure')}
              </ActionLink>
              <ActionButton size="small" strength="quiet" onClick={() => onWithdraw(product)}>
                {t('console.withdraw')}
              </ActionButton>
            </>
          ) : (
            <ActionButton size="small" onClick={() => onStatus(product, 'published')}>
              {t('console.publish')}
            </ActionButton>
          )}
        </span>
      ),
      narrow: true,
    },
  ]
}

/** What the import could not express, with its place in the file. */
function Notes({ notes }: { notes: ManagedProduct['notes'] }) {
  const t = useTexts('products')
  const language = useLanguage()
  return (
    <details className={style.notes}>
      <summary>{t('console.notes', { count: notes.length })}</summary>
      <ul>
        {notes.slice(0, 100).map(note => (
          <li key={`${note.path} ${note.code}`}>
            {note.path}: {note.message[language]} {note.remedy[language]}
          </li>
        ))}
      </ul>
    </details>
  )
}
