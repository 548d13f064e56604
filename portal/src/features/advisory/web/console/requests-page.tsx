import { type LoaderFunctionArgs, type MetaFunction, useLoaderData, useRevalidator, useSearchParams } from 'react-router'
import { formatTime, pathIn, translate } from '#platform/core'
import {
  api,
  apiContext,
  type Column,
  DataTable,
  EmptyState,
  FilterBar,
  languageContext,
  PageHeader,
  useLanguage,
  useLive,
  usePages,
  useTexts,
  useTimeZone,
} from '#platform/web'
import { type DeskSummary, listServiceRequests, serviceStatuses } from '../../core/index.ts'
import { ServiceBadge, useSubject } from '../service/service-words.tsx'

/** /console/service: requests for service of all customers. Filters live in the URL. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const query = queryOf(new URL(request.url).searchParams)
  return { page: await context.get(apiContext).call(listServiceRequests, { query }), language: context.get(languageContext) }
}

export const meta: MetaFunction<typeof loader> = ({ loaderData }) =>
  loaderData ? [{ title: translate(loaderData.language, 'advisory:service.title') }] : []

export default function RequestsPage() {
  const { page } = useLoaderData<typeof loader>()
  const [search] = useSearchParams()
  const t = useTexts('advisory')
  const language = useLanguage()
  const { revalidate } = useRevalidator()
  useLive('service', () => void revalidate())
  const pages = usePages(page, cursor => api.call(listServiceRequests, { query: { ...queryOf(search), cursor } }))
  const filtered = search.has('status') || search.has('assignee')
  return (
    <>
      <PageHeader title={t('service.title')} />
      <FilterBar
        filters={[
          {
            id: 'status',
            label: t('serviceDesk.status'),
            options: serviceStatuses.map(value => ({ value, label: t(`service.status.${value}`) })),
          },
          {
            id: 'assignee',
            label: t('serviceDesk.assignee'),
            options: [
              { value: 'me', label: t('serviceDesk.mine') },
              { value: 'none', label: t('serviceDesk.unassigned') },
            ],
          },
        ]}
      />
      <DataTable
        label={t('service.title')}
        columns={useColumns()}
        {...pages}
        rowId={({ id }) => id}
        rowHref={({ id }) => pathIn(language, `/console/service/${id}`)}
        empty={
          <EmptyState title={t(filtered ? 'serviceDesk.noneFound' : 'serviceDesk.none')}>
            {t(filtered ? 'serviceDesk.noneFoundHelp' : 'serviceDesk.noneHelp')}
          </EmptyState>
        }
      />
    </>
  )
}

function queryOf(search: URLSearchParams) {
  const status = serviceStatuses.find(one => one === search.get('status'))
  const assignee = search.get('assignee')
  return { ...(status ? { status } : {}), ...(assignee === 'me' || assignee === 'none' ? { assignee } : {}) }
}

function useColumns(): Column<DeskSummary>[] {
  const t = useTexts('advisory')
  const language = useLanguage()
  const zone = useTimeZone()
  const subject = useSubject()
  return [
    { id: 'number', title: t('service.number'), cell: ({ number }) => `#${number}`, narrow: true },
    { id: 'status', title: t('serviceDesk.status'), cell: ({ status }) => <ServiceBadge status={status} />, narrow: true },
    { id: 'about', title: t('service.about'), cell: subject },
    { id: 'company', title: t('serviceDesk.company'), cell: ({ company }) => company },
    { id: 'machine', title: t('machine'), cell: ({ device }) => `${device.model} ${device.serial}`, optional: true },
    {
      id: 'assignee',
      title: t('serviceDesk.assignee'),
      cell: ({ assignee }) => assignee?.name ?? t('serviceDesk.unassigned'),
      optional: true,
    },
    {
      id: 'updated',
      title: t('serviceDesk.updated'),
      cell: ({ updatedAt }) => formatTime(updatedAt, language, zone),
      narrow: true,
      optional: true,
    },
  ]
}
