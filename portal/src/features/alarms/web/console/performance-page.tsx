import { type LoaderFunctionArgs, type MetaFunction, useLoaderData } from 'react-router'
import { listDeviceTypes } from '#features/devices/core'
import { pathIn, translate } from '#platform/core'
import { apiContext, Breadcrumbs, FilterBar, PageHeader, useLanguage, useTexts } from '#platform/web'
import { loadPerformance } from '../load-performance.ts'
import { PerformanceView } from '../performance-view.tsx'

/** /console/alarms/performance: how alarms of all machines do, or of a type (?type=). */
export async function loader(given: LoaderFunctionArgs) {
  const [page, { items }] = await Promise.all([loadPerformance(given), given.context.get(apiContext).call(listDeviceTypes, {})])
  return { ...page, types: items.map(({ id, name }) => ({ id, name })) }
}

export const meta: MetaFunction<typeof loader> = ({ loaderData }) =>
  loaderData ? [{ title: translate(loaderData.language, 'alarms:performance.title') }] : []

export default function PerformancePage() {
  const { performance, types } = useLoaderData<typeof loader>()
  const t = useTexts('alarms')
  const language = useLanguage()
  return (
    <>
      <Breadcrumbs
        crumbs={[{ title: t('title'), href: pathIn(language, '/console/alarms') }, { title: t('performance.title') }]}
      />
      <PageHeader title={t('performance.title')}>{t('performance.lead')}</PageHeader>
      <FilterBar
        search={false}
        filters={[
          {
            id: 'type',
            label: t('rules.chooseType'),
            options: types.map(({ id, name }) => ({ value: id, label: name[language] })),
          },
        ]}
      />
      <PerformanceView
        performance={performance}
        machinesBelow="/console/devices"
        ruleAt={ruleId => `/console/alarm-rules/${ruleId}`}
      />
    </>
  )
}
