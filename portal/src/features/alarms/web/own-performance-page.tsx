import { type MetaFunction, useLoaderData } from 'react-router'
import { pathIn, translate } from '#platform/core'
import { Breadcrumbs, Container, PageHeader, pageMeta, useLanguage, useTexts } from '#platform/web'
import { loadPerformance } from './load-performance.ts'
import { PerformanceView } from './performance-view.tsx'

const path = '/account/alarms/performance'

/** /account/alarms/performance: how alarms of the customer's machines do, in his own times. */
export const loader = loadPerformance

export const meta: MetaFunction<typeof loader> = ({ loaderData }) =>
  loaderData
    ? pageMeta({ ...loaderData, path, title: translate(loaderData.language, 'alarms:performance.title'), hidden: true })
    : []

export default function OwnPerformancePage() {
  const { performance } = useLoaderData<typeof loader>()
  const t = useTexts('alarms')
  const language = useLanguage()
  return (
    <Container>
      <Breadcrumbs
        crumbs={[{ title: t('title'), href: pathIn(language, '/account/alarms') }, { title: t('performance.title') }]}
      />
      <PageHeader title={t('performance.title')}>{t('performance.lead')}</PageHeader>
      <PerformanceView
        performance={performance}
        machinesBelow="/account/machines"
        ruleAt={(ruleId, deviceId) => `/account/machines/${deviceId}/alarm-rules/${ruleId}`}
      />
    </Container>
  )
}
