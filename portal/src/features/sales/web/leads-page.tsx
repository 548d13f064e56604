import { type LoaderFunctionArgs, type MetaFunction, useLoaderData, useRevalidator, useSearchParams } from 'react-router'
import { getMe, permissionsOf } from '#features/accounts/core'
import { ConfirmedExport } from '#features/accounts/web'
import { formatNumber, formatTime, pathIn, spreadsheetFormats, translate } from '#platform/core'
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
import { exportLeads, type LeadSummary, leadStatuses, listAssignees, listLeads } from '../core/index.ts'
import { LeadStatusBadge, SourceWords } from './lead-words.tsx'

/** /console/leads: every inquiry that sales has to answer. Search, filter and sort live in the URL. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const calls = context.get(apiContext)
  const [page, { items: assignees }, { account }] = await Promise.all([
    calls.call(listLeads, { query: queryOf(new URL(request.url).searchParams) }),
    calls.call(listAssignees, {}),
    calls.call(getMe, {}),
  ])
  const mayExport = permissionsOf(account?.roles ?? []).includes('lead.export')
  return { page, assignees, mayExport, language: context.get(languageContext) }
}

export const meta: MetaFunction<typeof loader> = ({ loaderData }) =>
  loaderData ? [{ title: translate(loaderData.language, 'sales:lead.list') }] : []

export default function LeadsPage() {
  const { page, assignees, mayExport } = useLoaderData<typeof loader>()
  const [search] = useSearchParams()
  const t = useTexts('sales')
  const { revalidate } = useRevalidator()
  useLive('leads', () => void revalidate())
  const pages = usePages(page, cursor => api.call(listLeads, { query: { ...queryOf(search), cursor } }))
  const filtered = ['q', 'status', 'assignee'].some(name => search.has(name))
  return (
    <>
      <PageHeader title={t('lead.list')} actions={mayExport ? <LeadExport total={page.total} /> : null}>
        {t('lead.count', { count: page.total })}
      </PageHeader>
      <FilterBar
        filters={[
          {
            id: 'status',
            label: t('lead.status'),
            options: leadStatuses.map(status => ({ value: status, label: t(`status.${status}`) })),
          },
          {
            id: 'assignee',
            label: t('lead.assignee'),
            options: [
              { value: 'me', label: t('lead.mine') },
              { value: 'none', label: t('lead.unassigned') },
              ...assignees.map(({ id, name }) => ({ value: id, label: name })),
            ],
          },
        ]}
      />
      <DataTable
        label={t('lead.list')}
        columns={useColumns()}
        {...pages}
        rowId={lead => lead.id}
        rowHref={useHref()}
        empty={
          <EmptyState title={t(filtered ? 'lead.noneFound' : 'lead.none')}>
            {t(filtered ? 'lead.noneFoundHelp' : 'lead.noneHelp')}
          </EmptyState>
        }
      />
    </>
  )
}

/** The list as it is filtered and sorted now. */
function LeadExport({ total }: { total: number }) {
  const [search] = useSearchParams()
  const t = useTexts('sales')
  const language = useLanguage()
  const timeZone = useTimeZone()
  return (
    <ConfirmedExport
      title={t('export.title')}
      help={t('export.help', { count: total, number: formatNumber(total, language) })}
      formats={spreadsheetFormats.map(value => ({
        value,
        label: t(`export.format.${value}`),
        help: t(`export.formatHelp.${value}`),
      }))}
      topic="lead-exports"
      empty={total === 0}
      fetchFile={(format, token) => api.fetchFile(exportLeads, { body: { ...queryOf(search), format, timeZone }, ...token })}
    />
  )
}

function useHref() {
  const language = useLanguage()
  return (lead: LeadSummary) => pathIn(language, `/console/leads/${lead.id}`)
}

function useColumns(): Column<LeadSummary>[] {
  const t = useTexts('sales')
  const language = useLanguage()
  const zone = useTimeZone()
  return [
    { id: 'number', title: t('lead.number'), cell: lead => `#${lead.number}`, narrow: true },
    { id: 'status', title: t('lead.status'), cell: lead => <LeadStatusBadge status={lead.status} />, narrow: true },
    {
      id: 'contact',
      title: t('lead.contact'),
      cell: lead => (
        <>
          {[lead.contactName, lead.companyName].filter(Boolean).join(' · ') || t('lead.nameless')}{' '}
          {lead.callBack && lead.status === 'new' ? <StatusBadge tone="warn">{t('lead.callBack')}</StatusBadge> : null}
        </>
      ),
    },
    { id: 'product', title: t('lead.product'), cell: lead => lead.productName[language], optional: true },
    {
      id: 'net',
      title: t('lead.net'),
      cell: lead => (lead.net === null ? t('lead.onRequest') : <Money amount={lead.net} currency={lead.currency} />),
      numeric: true,
      sortable: true,
    },
    { id: 'source', title: t('lead.source'), cell: lead => <SourceWords source={lead.source} />, optional: true },
    { id: 'assignee', title: t('lead.assignee'), cell: lead => lead.assignee?.name ?? '–', optional: true },
    {
      id: 'createdAt',
      title: t('lead.createdAt'),
      cell: lead => <time dateTime={lead.createdAt}>{formatTime(lead.createdAt, language, zone)}</time>,
      narrow: true,
      optional: true,
      sortable: true,
    },
  ]
}

/** The list's URL as the API's query; what the API would refuse is left out. */
function queryOf(search: URLSearchParams) {
  const status = leadStatuses.filter(one => search.getAll('status').includes(one))
  const sort = (['-createdAt', 'createdAt', '-updatedAt', 'updatedAt', '-net', 'net'] as const).find(
    one => one === search.get('sort'),
  )
  return {
    search: search.get('q')?.slice(0, 100) || undefined,
    status: status.length > 0 ? status : undefined,
    assignee: search.get('assignee')?.slice(0, 64) || undefined,
    ...(sort ? { sort } : {}),
  }
}
