import { type LoaderFunctionArgs, type MetaFunction, useLoaderData } from 'react-router'
import { fillPath, pathIn, translate } from '#platform/core'
import {
  ActionLink,
  apiContext,
  Breadcrumbs,
  Container,
  languageContext,
  originContext,
  PageHeader,
  pageMeta,
  useLanguage,
  useTexts,
} from '#platform/web'
import { getMyReport, getMyReportPdf } from '../core/index.ts'
import { ReportView } from './report-view.tsx'

/** /account/reports/{month}: one report of the customer's company; for others it is not there. */
export async function loader({ params, context }: LoaderFunctionArgs) {
  const report = await context.get(apiContext).call(getMyReport, { params: { month: params.month ?? '' } })
  return { report, language: context.get(languageContext), origin: context.get(originContext) }
}

export const meta: MetaFunction<typeof loader> = ({ loaderData }) =>
  loaderData
    ? pageMeta({
        ...loaderData,
        path: `/account/reports/${loaderData.report.month}`,
        title: translate(loaderData.language, 'reports:of', { month: loaderData.report.month }),
        hidden: true,
      })
    : []

export default function OwnReportPage() {
  const { report } = useLoaderData<typeof loader>()
  const t = useTexts('reports')
  const language = useLanguage()
  const title = t('of', { month: report.month })
  return (
    <Container>
      <Breadcrumbs crumbs={[{ title: t('title'), href: pathIn(language, '/account/reports') }, { title: report.month }]} />
      <PageHeader
        title={title}
        actions={
          <ActionLink reloadDocument to={`/api/v1${fillPath(getMyReportPdf.path, { month: report.month })}?language=${language}`}>
            {t('pdf')}
          </ActionLink>
        }
      >
        {report.company}
      </PageHeader>
      <ReportView report={report} />
    </Container>
  )
}
