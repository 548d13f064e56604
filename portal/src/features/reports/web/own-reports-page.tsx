import { type LoaderFunctionArgs, type MetaFunction, useLoaderData } from 'react-router'
import { formatDate, pathIn, translate } from '#platform/core'
import {
  apiContext,
  type Column,
  Container,
  DataTable,
  EmptyState,
  languageContext,
  originContext,
  PageHeader,
  pageMeta,
  useLanguage,
  useTexts,
  useTimeZone,
} from '#platform/web'
import { listMyReports, type ReportSummary } from '../core/index.ts'

/** /account/reports: health reports of the customer's company, month by month. */
export async function loader({ context }: LoaderFunctionArgs) {
  const { items } = await context.get(apiContext).call(listMyReports, {})
  return { items, language: context.get(languageContext), origin: context.get(originContext) }
}

export const meta: MetaFunction<typeof loader> = ({ loaderData }) =>
  loaderData
    ? pageMeta({
        ...loaderData,
        ...{ path: '/account/reports', title: translate(loaderData.language, 'reports:title'), hidden: true },
      })
    : []

export default function OwnReportsPage() {
  const { items } = useLoaderData<typeof loader>()
  const t = useTexts('reports')
  const language = useLanguage()
  const zone = useTimeZone()
  const columns: Column<ReportSummary>[] = [
    { id: 'month', title: t('month'), cell: ({ month, soFar }) => (soFar ? t('monthSoFar', { month }) : month) },
    { id: 'machines', title: t('machines'), cell: ({ machines }) => machines, numeric: true },
    { id: 'made', title: t('madeAt'), cell: ({ madeAt }) => formatDate(madeAt, language, zone), narrow: true, optional: true },
  ]
  return (
    <Container>
      <PageHeader title={t('title')}>{t('lead')}</PageHeader>
      <DataTable
        label={t('title')}
        columns={columns}
        rows={items}
        rowId={({ id }) => id}
        rowHref={({ month }) => pathIn(language, `/account/reports/${month}`)}
        empty={<EmptyState title={t('none')}>{t('noneHelp')}</EmptyState>}
      />
    </Container>
  )
}
