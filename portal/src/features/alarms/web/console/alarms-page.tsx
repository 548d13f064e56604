import { type LoaderFunctionArgs, type MetaFunction, useLoaderData, useRevalidator, useSearchParams } from 'react-router'
import { listDeviceTypes } from '#features/devices/core'
import { pathIn, translate } from '#platform/core'
import {
  ActionLink,
  apiContext,
  EmptyState,
  FilterBar,
  languageContext,
  PageHeader,
  useLanguage,
  useLive,
  useTexts,
} from '#platform/web'
import { listAlarms } from '../../core/index.ts'
import { alarmFilters, filtersIn, useFilters } from '../alarm-filters.ts'
import { AlarmTable, moreAlarms } from '../alarm-table.tsx'

/** /console/alarms: alarms of all machines. Search and filters live in the URL. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const calls = context.get(apiContext)
  const query = filtersIn(new URL(request.url).searchParams)
  const [page, types] = await Promise.all([calls.call(listAlarms, { query }), calls.call(listDeviceTypes, {})])
  return { page, query, types: types.items.map(({ id, name }) => ({ id, name })), language: context.get(languageContext) }
}

export const meta: MetaFunction<typeof loader> = ({ loaderData }) =>
  loaderData ? [{ title: translate(loaderData.language, 'alarms:title') }] : []

export default function AlarmsPage() {
  const { page, query, types } = useLoaderData<typeof loader>()
  const [search] = useSearchParams()
  const t = useTexts('alarms')
  const language = useLanguage()
  const { revalidate } = useRevalidator()
  useLive('device-alarms', () => void revalidate())
  const filters = useFilters()
  const filtered = alarmFilters.some(name => search.has(name))
  return (
    <>
      <PageHeader
        title={t('title')}
        actions={
          <>
            <ActionLink to={pathIn(language, '/console/alarms/performance')}>{t('performance.see')}</ActionLink>
            <ActionLink to={pathIn(language, '/console/alarm-rules')}>{t('rules.title')}</ActionLink>
          </>
        }
      >
        {t('consoleLead')}
      </PageHeader>
      <FilterBar
        filters={[
          ...filters,
          {
            id: 'type',
            label: t('rules.chooseType'),
            options: types.map(({ id, name }) => ({ value: id, label: name[language] })),
          },
          {
            id: 'assigned',
            label: t('assignedFilter'),
            options: [
              { value: 'me', label: t('assignedMe') },
              { value: 'nobody', label: t('assignedNobody') },
            ],
          },
        ]}
      />
      <AlarmTable
        first={page}
        more={moreAlarms(query)}
        machinesBelow="/console/devices"
        assignee
        href={({ id, device }) => pathIn(language, `/console/devices/${device.id}/alarms/${id}`)}
        empty={<EmptyState title={t(filtered ? 'noneFound' : 'none')}>{t(filtered ? 'noneFoundHelp' : 'noneHelp')}</EmptyState>}
      />
    </>
  )
}
