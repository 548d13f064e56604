import { type LoaderFunctionArgs, type MetaFunction, useLoaderData } from 'react-router'
import { pathIn, translate } from '#platform/core'
import { apiContext, Breadcrumbs, languageContext, PageHeader, useLanguage, useTexts } from '#platform/web'
import { getReport } from '../../core/index.ts'
import { ReportView } from '../report-view.tsx'

/** /console/reports/{id}: a company's report, as far as its machines are shared with the manufacturer. */
export async function loader({ params, context }: LoaderFunctionArgs) {
  const report = await context.get(apiContext).call(getReport, { params: { reportId: params.reportId ?? '' } })
  return { report, language: context.get(languageContext) }
}

export const meta: MetaFunction<typeof loader> = ({ loaderData }) =>
  loaderData ? [{ title: translate(loaderData.language, 'reports:of', { month: loaderData.report.month }) }] : []

export default function ReportPage() {
  const { report } = useLoaderData<typeof loader>()
  const t = useTexts('reports')
  const language = useLanguage()
  return (
    <>
      <Breadcrumbs crumbs={[{ title: t('title'), href: pathIn(language, '/console/reports') }, { title: report.month }]} />
      <PageHeader title={t('of', { month: report.month })}>{report.company}</PageHeader>
      <ReportView report={report} />
    </>
  )
}
