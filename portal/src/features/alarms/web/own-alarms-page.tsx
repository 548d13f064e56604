import { type LoaderFunctionArgs, type MetaFunction, useLoaderData, useSearchParams } from 'react-router'
import { listMyDevices } from '#features/devices/core'
import { pathIn, translate } from '#platform/core'
import {
  ActionLink,
  apiContext,
  Container,
  EmptyState,
  FilterBar,
  languageContext,
  originContext,
  PageHeader,
  pageMeta,
  useLanguage,
  useTexts,
} from '#platform/web'
import { listAlarms } from '../core/index.ts'
import { alarmFilters, filtersIn, useFilters } from './alarm-filters.ts'
import { AlarmTable, moreAlarms } from './alarm-table.tsx'
import { useFreshAlarms } from './use-fresh-alarms.ts'

/** /account/alarms: alarms of all machines the customer's company has or had, in its own times. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const query = filtersIn(new URL(request.url).searchParams)
  const calls = context.get(apiContext)
  const [page, devices] = await Promise.all([
    calls.call(listAlarms, { query }),
    calls.call(listMyDevices, { query: { limit: 100 } }),
  ])
  const machines = { ids: devices.items.map(({ id }) => id), more: devices.nextCursor !== null }
  return { page, query, machines, language: context.get(languageContext), origin: context.get(originContext) }
}

export const meta: MetaFunction<typeof loader> = ({ loaderData }) =>
  loaderData
    ? pageMeta({ ...loaderData, path: '/account/alarms', title: translate(loaderData.language, 'alarms:title'), hidden: true })
    : []

export default function OwnAlarmsPage() {
  const { page, query, machines } = useLoaderData<typeof loader>()
  const [search] = useSearchParams()
  const t = useTexts('alarms')
  const language = useLanguage()
  const filters = useFilters()
  useFreshAlarms(machines.ids, machines.more)
  const filtered = alarmFilters.some(name => search.has(name))
  return (
    <Container>
      <PageHeader
        title={t('title')}
        actions={
          <>
            <ActionLink to={pathIn(language, '/account/alarms/performance')} size="small">
              {t('performance.see')}
            </ActionLink>
            <ActionLink to={pathIn(language, '/account/machines')} size="small">
              {t('machine')}
            </ActionLink>
          </>
        }
      >
        {t('lead')}
      </PageHeader>
      <FilterBar filters={filters} />
      <AlarmTable
        first={page}
        more={moreAlarms(query)}
        machinesBelow="/account/machines"
        href={({ id, device }) => pathIn(language, `/account/machines/${device.id}/alarms/${id}`)}
        empty={<EmptyState title={t(filtered ? 'noneFound' : 'none')}>{t(filtered ? 'noneFoundHelp' : 'noneHelp')}</EmptyState>}
      />
    </Container>
  )
}
