import { type LoaderFunctionArgs, type MetaFunction, useLoaderData } from 'react-router'
import { formatDate, pathIn, translate } from '#platform/core'
import {
  api,
  apiContext,
  type Column,
  DataTable,
  EmptyState,
  languageContext,
  PageHeader,
  useLanguage,
  usePages,
  useTexts,
  useTimeZone,
} from '#platform/web'
import { listReports, type ReportSummary } from '../../core/index.ts'

/** /console/reports: health reports of all companies. */
export async function loader({ context }: LoaderFunctionArgs) {
  return { page: await context.get(apiContext).call(listReports, {}), language: context.get(languageContext) }
}

export const meta: MetaFunction<typeof loader> = ({ loaderData }) =>
  loaderData ? [{ title: translate(loaderData.language, 'reports:title') }] : []

export default function ReportsPage() {
  const { page } = useLoaderData<typeof loader>()
  const t = useTexts('reports')
  const language = useLanguage()
  const zone = useTimeZone()
  const pages = usePages(page, cursor => api.call(listReports, { query: { cursor } }))
  const columns: Column<ReportSummary & { company: string }>[] = [
    { id: 'company', title: t('company'), cell: ({ company }) => company },
    { id: 'month', title: t('month'), cell: ({ month }) => month, narrow: true },
    { id: 'machines', title: t('machines'), cell: ({ machines }) => machines, numeric: true, optional: true },
    { id: 'made', title: t('madeAt'), cell: ({ madeAt }) => formatDate(madeAt, language, zone), narrow: true, optional: true },
  ]
  return (
    <>
      <PageHeader title={t('title')}>{t('lead')}</PageHeader>
      <DataTable
        label={t('title')}
        columns={columns}
        {...pages}
        rowId={({ id }) => id}
        rowHref={({ id }) => pathIn(language, `/console/reports/${id}`)}
        empty={<EmptyState title={t('none')}>{t('noneHelp')}</EmptyState>}
      />
    </>
  )
}
