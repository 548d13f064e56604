import { type LoaderFunctionArgs, type MetaFunction, useLoaderData, useRevalidator, useSearchParams } from 'react-router'
import { formatDate, formatTime, pathIn, translate } from '#platform/core'
import {
  api,
  apiContext,
  type Column,
  DataTable,
  EmptyState,
  FilterBar,
  languageContext,
  Money,
  PageHeader,
  StatusBadge,
  useLanguage,
  useLive,
  usePages,
  useTexts,
  useTimeZone,
} from '#platform/web'
import { listOffers, type OfferSummary, offerStatuses } from '../../core/index.ts'
import { offerTones } from '../offer-tones.ts'

/** /console/offers: every offer with what became of it. Search and filter live in the URL. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const page = await context.get(apiContext).call(listOffers, { query: queryOf(new URL(request.url).searchParams) })
  return { page, language: context.get(languageContext) }
}

export const meta: MetaFunction<typeof loader> = ({ loaderData }) =>
  loaderData ? [{ title: translate(loaderData.language, 'offers:console.list') }] : []

export default function OffersPage() {
  const { page } = useLoaderData<typeof loader>()
  const [search] = useSearchParams()
  const t = useTexts('offers')
  const language = useLanguage()
  const { revalidate } = useRevalidator()
  useLive('offers', () => void revalidate())
  const pages = usePages(page, cursor => api.call(listOffers, { query: { ...queryOf(search), cursor } }))
  const filtered = ['q', 'status'].some(name => search.has(name))
  return (
    <>
      <PageHeader title={t('console.list')}>{t('console.lead')}</PageHeader>
      <FilterBar
        filters={[
          {
            id: 'status',
            label: t('console.status'),
            options: offerStatuses.map(status => ({ value: status, label: t(`console.states.${status}`) })),
          },
        ]}
      />
      <DataTable
        label={t('console.list')}
        columns={useColumns()}
        {...pages}
        rowId={({ id }) => id}
        rowHref={({ id }) => pathIn(language, `/console/offers/${id}`)}
        empty={
          <EmptyState title={t(filtered ? 'console.noneFound' : 'console.none')}>
            {t(filtered ? 'console.noneFoundHelp' : 'console.noneHelp')}
          </EmptyState>
        }
      />
    </>
  )
}

function useColumns(): Column<OfferSummary>[] {
  const t = useTexts('offers')
  const language = useLanguage()
  const zone = useTimeZone()
  return [
    { id: 'number', title: t('console.number'), cell: ({ number, version }) => `${number} · ${version}`, narrow: true },
    {
      id: 'status',
      title: t('console.status'),
      cell: ({ status }) => <StatusBadge tone={offerTones[status]}>{t(`console.states.${status}`)}</StatusBadge>,
      narrow: true,
    },
    {
      id: 'recipient',
      title: t('console.recipient'),
      cell: ({ recipient: { name, company } }) => [name, company].filter(Boolean).join(' · ') || t('console.nameless'),
    },
    {
      id: 'net',
      title: t('console.net'),
      cell: ({ net, currency }) => <Money amount={net} currency={currency} />,
      numeric: true,
    },
    {
      id: 'valid',
      title: t('console.validUntil'),
      cell: ({ validUntil }) => formatDate(`${validUntil}T00:00:00Z`, language, 'UTC'),
      narrow: true,
      optional: true,
    },
    {
      id: 'updated',
      title: t('console.updated'),
      cell: ({ updatedAt }) => <time dateTime={updatedAt}>{formatTime(updatedAt, language, zone)}</time>,
      narrow: true,
      optional: true,
    },
  ]
}

/** The list's URL as the API's query; what the API would refuse is left out. */
function queryOf(search: URLSearchParams) {
  const status = offerStatuses.filter(one => search.getAll('status').includes(one))
  return {
    search: search.get('q')?.slice(0, 100) || undefined,
    status: status.length > 0 ? status : undefined,
  }
}
