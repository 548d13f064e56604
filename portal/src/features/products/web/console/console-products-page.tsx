import { useState } from 'react'
import { type LoaderFunctionArgs, type MetaFunction, useLoaderData, useNavigate, useRevalidator } from 'react-router'
import { type CallInput, formatTime, pathIn, translate } from '#platform/core'
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
  newIdempotencyKey,
  PageHeader,
  StatusBadge,
  useLanguage,
  useLive,
  usePages,
  useProblem,
  useTexts,
  useTimeZone,
} from '#platform/web'
import {
  changeProduct,
  importModel,
  listManagedProducts,
  type ManagedProduct,
  type PriceVisibility,
  priceVisibilities,
} from '../../core/index.ts'
import style from './console-products-page.module.css'
import { ImportModel } from './import-model.tsx'
import { ProblemNotice } from './problem-notice.tsx'
import { productTones } from './product-tones.ts'

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
  const navigate = useNavigate()
  const language = useLanguage()
  useLive('products', () => void revalidate())
  const pages = usePages(page, cursor => api.call(listManagedProducts, { query: { cursor } }))
  const [withdrawing, setWithdrawing] = useState<ManagedProduct | null>(null)
  const { problem, attempt } = useProblem()

  const change = async (product: ManagedProduct, body: CallInput<typeof changeProduct>['body']) => {
    await attempt(() => api.call(changeProduct, { params: { productId: product.id }, body, ifMatch: String(product.revision) }))
    setWithdrawing(null)
    await revalidate()
  }
  return (
    <>
      <PageHeader title={t('console.title')}>{t('console.help')}</PageHeader>
      <ImportModel
        label={t('console.import')}
        help={t('console.importHelp')}
        send={file => api.call(importModel, { body: { ...file, publish: false }, idempotencyKey: newIdempotencyKey() })}
        onImported={({ id }) => void navigate(pathIn(language, `/console/products/${id}`))}
      />
      {problem ? <ProblemNotice problem={problem} /> : null}
      <DataTable
        label={t('console.title')}
        columns={useColumns(setWithdrawing, change)}
        {...pages}
        rowId={product => product.id}
        empty={<EmptyState title={t('console.none')}>{t('console.noneHelp')}</EmptyState>}
      />
      <ConfirmDialog
        open={withdrawing !== null}
        title={t('console.withdrawTitle', { name: withdrawing?.name[language] ?? '' })}
        action={t('console.withdraw')}
        danger
        onConfirm={() => withdrawing && change(withdrawing, { status: 'withdrawn' })}
        onClose={() => setWithdrawing(null)}
      >
        {t('console.withdrawHelp')}
      </ConfirmDialog>
    </>
  )
}

function useColumns(
  onWithdraw: (product: ManagedProduct) => void,
  onChange: (product: ManagedProduct, body: CallInput<typeof changeProduct>['body']) => void,
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
          <LocaleLink to={`/console/products/${product.id}`}>{product.name[language]}</LocaleLink>
          {product.untranslated ? <span className={style.flag}>{t('console.untranslated')}</span> : null}
          {product.hasDraft ? <span className={style.flag}>{t('console.hasDraft')}</span> : null}
        </>
      ),
    },
    {
      id: 'status',
      title: t('console.status'),
      cell: product => <StatusBadge tone={productTones[product.status]}>{t(`status.${product.status}`)}</StatusBadge>,
      narrow: true,
    },
    {
      id: 'version',
      title: t('console.version'),
      cell: product => product.version ?? t('console.noVersion'),
      narrow: true,
      optional: true,
    },
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
      id: 'prices',
      title: t('console.prices'),
      cell: product => (
        <select
          className={style.select}
          aria-label={t('console.pricesOf', { name: product.name[language] })}
          value={product.priceVisibility ?? 'portal'}
          onChange={({ target: { value } }) =>
            onChange(product, { priceVisibility: value === 'portal' ? null : (value as PriceVisibility) })
          }
        >
          {(['portal', ...priceVisibilities] as const).map(visibility => (
            <option key={visibility} value={visibility}>
              {t(`console.visible.${visibility}`)}
            </option>
          ))}
        </select>
      ),
      narrow: true,
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
          {product.status === 'published' ? (
            <>
              <ActionLink size="small" to={pathIn(language, `/configure/${product.slug}`)}>
                {t('console.configure')}
              </ActionLink>
              <ActionButton size="small" strength="quiet" onClick={() => onWithdraw(product)}>
                {t('console.withdraw')}
              </ActionButton>
            </>
          ) : product.version === null ? null : (
            <ActionButton size="small" onClick={() => onChange(product, { status: 'published' })}>
              {t('console.publish')}
            </ActionButton>
          )}
        </span>
      ),
      narrow: true,
    },
  ]
}
