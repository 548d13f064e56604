import { type LoaderFunctionArgs, type MetaFunction, useLoaderData, useRevalidator, useSearchParams } from 'react-router'
import { getMe, permissionsOf } from '#features/accounts/core'
import { formatDay, formatNumber, formatTime, type Language, pathIn, translate } from '#platform/core'
import {
  ActionLink,
  api,
  apiContext,
  type Column,
  DataTable,
  EmptyState,
  FilterBar,
  languageContext,
  PageHeader,
  StatusBadge,
  type Translate,
  useLanguage,
  useLive,
  usePages,
  useTexts,
  useTimeZone,
} from '#platform/web'
import {
  audiences,
  documentKinds,
  documentLanguages,
  listManagedDocuments,
  listNameplates,
  type ManagedDocument,
} from '../../core/index.ts'
import { fileWords } from '../file-words.ts'

/** /console/documents: every document. Search and filters live in the URL. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const calls = context.get(apiContext)
  const [page, { products }, { account }] = await Promise.all([
    calls.call(listManagedDocuments, { query: queryOf(new URL(request.url).searchParams) }),
    calls.call(listNameplates, {}),
    calls.call(getMe, {}),
  ])
  const mayWrite = permissionsOf(account?.roles ?? []).includes('document.manage')
  return { page, products, mayWrite, language: context.get(languageContext) }
}

export const meta: MetaFunction<typeof loader> = ({ loaderData }) =>
  loaderData ? [{ title: translate(loaderData.language, 'documents:console.title') }] : []

export default function DocumentsPage() {
  const { page, products, mayWrite } = useLoaderData<typeof loader>()
  const [search] = useSearchParams()
  const t = useTexts('documents')
  const language = useLanguage()
  const { revalidate } = useRevalidator()
  useLive('documents', () => void revalidate())
  const pages = usePages(page, cursor => api.call(listManagedDocuments, { query: { ...queryOf(search), cursor } }))
  const add = (
    <ActionLink strength="primary" to={pathIn(language, '/console/documents/new')}>
      {t('console.add')}
    </ActionLink>
  )
  const filtered = ['q', 'device', ...filterNames].some(name => search.has(name))
  return (
    <>
      <PageHeader
        title={t('console.title')}
        actions={
          <>
            <ActionLink to={pathIn(language, '/console/documents/nameplates')}>{t('console.plates')}</ActionLink>
            {mayWrite ? add : null}
          </>
        }
      >
        {t('console.lead')}
      </PageHeader>
      <FilterBar
        filters={filtersOf(
          t,
          products.map(({ productId, name }) => ({ value: productId, label: name[language] })),
        )}
      />
      <DataTable
        label={t('console.title')}
        columns={useColumns()}
        {...pages}
        rowId={({ id }) => id}
        rowHref={({ id }) => pathIn(language, `/console/documents/${id}`)}
        empty={
          filtered ? (
            <EmptyState title={t('console.noneFound')}>{t('console.noneFoundHelp')}</EmptyState>
          ) : (
            <EmptyState title={t('console.none')} action={mayWrite ? add : undefined}>
              {t('console.noneHelp')}
            </EmptyState>
          )
        }
      />
    </>
  )
}

const filterNames = ['product', 'kind', 'language', 'audience', 'status'] as const

const filtersOf = (t: Translate, products: { value: string; label: string }[]) => [
  { id: 'product', label: t('console.product'), options: products },
  { id: 'kind', label: t('console.kind'), options: documentKinds.map(value => ({ value, label: t(`kind.${value}`) })) },
  {
    id: 'language',
    label: t('console.language'),
    options: documentLanguages.map(value => ({ value, label: t(`language.${value}`) })),
  },
  {
    id: 'audience',
    label: t('console.audience'),
    options: audiences.map(value => ({ value, label: t(`console.audiences.${value}`) })),
  },
  {
    id: 'status',
    label: t('console.state'),
    options: [
      { value: 'offered', label: t('console.offered') },
      { value: 'withdrawn', label: t('console.withdrawn') },
    ],
  },
]

function useColumns(): Column<ManagedDocument>[] {
  const t = useTexts('documents')
  const language = useLanguage()
  const zone = useTimeZone()
  return [
    { id: 'name', title: t('console.name'), cell: ({ title, number }) => [title[language], number].filter(Boolean).join(' · ') },
    { id: 'kind', title: t('console.kind'), cell: ({ kind }) => t(`kind.${kind}`), narrow: true },
    { id: 'product', title: t('console.product'), cell: document => belongsTo(document, t, language), optional: true },
    {
      id: 'audience',
      title: t('console.audience'),
      cell: ({ audience, companyCount }) =>
        t(`console.audiences.${audience}`) + (audience === 'companies' ? ` (${companyCount})` : ''),
      narrow: true,
    },
    { id: 'state', title: t('console.state'), cell: document => <DocumentState document={document} />, narrow: true },
    {
      id: 'version',
      title: t('console.version'),
      cell: ({ version, file }) => `${version} · ${fileWords(file, language)}`,
      narrow: true,
      optional: true,
    },
    { id: 'downloads', title: t('console.downloads'), cell: ({ downloads }) => formatNumber(downloads, language), numeric: true },
    {
      id: 'updated',
      title: t('console.updated'),
      cell: ({ updatedAt }) => <time dateTime={updatedAt}>{formatTime(updatedAt, language, zone)}</time>,
      narrow: true,
      optional: true,
    },
  ]
}

function belongsTo({ allProducts, products, devices }: ManagedDocument, t: Translate, language: Language): string {
  if (allProducts) return t('console.allProducts')
  const [first, ...others] = products.map(({ name }) => name[language])
  if (first && others.length > 0) return t('console.moreProducts', { first, count: others.length + 1 })
  if (first) return first
  return devices.length > 0
    ? t('console.machine', { serials: devices.map(({ serial }) => serial).join(' · ') })
    : t('console.noProduct')
}

/** Whether customers can have it now, and why not. */
export function DocumentState({ document: { withdrawn, upcoming, validFrom, file } }: { document: ManagedDocument }) {
  const t = useTexts('documents')
  const language = useLanguage()
  if (withdrawn) return <StatusBadge tone="neutral">{t('console.withdrawn')}</StatusBadge>
  if (file.state === 'refused') return <StatusBadge tone="bad">{t('console.refused')}</StatusBadge>
  if (file.state === 'received') return <StatusBadge tone="waiting">{t('console.waiting')}</StatusBadge>
  if (validFrom && upcoming)
    return <StatusBadge tone="waiting">{t('console.later', { date: formatDay(validFrom, language) })}</StatusBadge>
  return <StatusBadge tone="good">{t('console.offered')}</StatusBadge>
}

function queryOf(search: URLSearchParams) {
  const chosen = <Word extends string>(name: string, words: readonly Word[]) => words.find(word => word === search.get(name))
  const [product, device] = [search.get('product'), search.get('device')]
  return {
    q: search.get('q')?.slice(0, 200) || undefined,
    product: product && /^[\da-f-]{36}$/.test(product) ? product : undefined,
    device: device && /^[\da-f-]{36}$/.test(device) ? device : undefined,
    kind: chosen('kind', documentKinds),
    language: chosen('language', documentLanguages),
    audience: chosen('audience', audiences),
    status: chosen('status', ['offered', 'withdrawn']),
  }
}
