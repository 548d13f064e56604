import { type LoaderFunctionArgs, type MetaFunction, useLoaderData, useRevalidator, useSearchParams } from 'react-router'
import { getMe, permissionsOf } from '#features/accounts/core'
import { formatDay, formatTime, pathIn, translate } from '#platform/core'
import {
  ActionLink,
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
import { type ListedDevice, listDevices, listDeviceTypes } from '../../core/index.ts'

/** /console/devices: the register of machines. Search and filters live in the URL; `?company=` shows those of one company. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const calls = context.get(apiContext)
  const [page, types, { account }] = await Promise.all([
    calls.call(listDevices, { query: queryOf(new URL(request.url).searchParams) }),
    calls.call(listDeviceTypes, {}),
    calls.call(getMe, {}),
  ])
  const mayWrite = permissionsOf(account?.roles ?? []).includes('device.manage')
  return { page, types: types.items, mayWrite, language: context.get(languageContext) }
}

export const meta: MetaFunction<typeof loader> = ({ loaderData }) =>
  loaderData ? [{ title: translate(loaderData.language, 'devices:console.title') }] : []

export default function DevicesPage() {
  const { page, types, mayWrite } = useLoaderData<typeof loader>()
  const [search] = useSearchParams()
  const t = useTexts('devices')
  const language = useLanguage()
  const { revalidate } = useRevalidator()
  useLive('devices', () => void revalidate())
  const pages = usePages(page, cursor => api.call(listDevices, { query: { ...queryOf(search), cursor } }))
  const add = (
    <ActionLink strength="primary" to={pathIn(language, '/console/devices/new')}>
      {t('console.add')}
    </ActionLink>
  )
  const filtered = ['q', 'type', 'owned', 'company'].some(name => search.has(name))
  return (
    <>
      <PageHeader
        title={t('console.title')}
        actions={
          <>
            <ActionLink to={pathIn(language, '/console/device-certificates')}>{t('console.authority.title')}</ActionLink>
            <ActionLink to={pathIn(language, '/console/device-types')}>{t('console.types')}</ActionLink>
            {mayWrite ? <ActionLink to={pathIn(language, '/console/device-lists')}>{t('console.byList')}</ActionLink> : null}
            {mayWrite ? add : null}
          </>
        }
      >
        {t('console.lead')}
      </PageHeader>
      <FilterBar
        filters={[
          {
            id: 'type',
            label: t('type'),
            options: [
              ...types.map(({ id, name }) => ({ value: id, label: name[language] })),
              { value: 'none', label: t('console.noType') },
            ],
          },
          {
            id: 'owned',
            label: t('console.ownedFilter'),
            options: [
              { value: 'yes', label: t('console.owned') },
              { value: 'no', label: t('console.free') },
            ],
          },
        ]}
      />
      <DataTable
        label={t('console.title')}
        columns={useColumns()}
        {...pages}
        rowId={({ id }) => id}
        rowHref={({ id }) => pathIn(language, `/console/devices/${id}`)}
        empty={
          filtered ? (
            <EmptyState title={t('console.noneFound')}>{t('console.noneFoundHelp')}</EmptyState>
          ) : (
            <EmptyState title={t('console.none')} action={mayWrite ? add : undefined}>
              {t('console.noneHelp')}
            </EmptyState>
          )
        }
      />
    </>
  )
}

function useColumns(): Column<ListedDevice>[] {
  const t = useTexts('devices')
  const language = useLanguage()
  const zone = useTimeZone()
  return [
    { id: 'serial', title: t('serial'), cell: ({ serial }) => serial, narrow: true },
    { id: 'model', title: t('model'), cell: ({ model }) => model },
    { id: 'type', title: t('type'), cell: ({ type }) => type?.name[language], optional: true },
    { id: 'owner', title: t('console.owner'), cell: ({ owner }) => owner?.name ?? t('console.nobody') },
    { id: 'typeCode', title: t('typeCode'), cell: ({ typeCode }) => typeCode, optional: true },
    {
      id: 'warranty',
      title: t('warranty'),
      cell: ({ warrantyUntil: day }) => day && <time dateTime={day}>{formatDay(day, language)}</time>,
      narrow: true,
      optional: true,
    },
    {
      id: 'seen',
      title: t('console.lastSeen'),
      cell: ({ lastSeenAt: at }) => (at ? <time dateTime={at}>{formatTime(at, language, zone)}</time> : t('console.never')),
      narrow: true,
      optional: true,
    },
  ]
}

const isId = (text: string | null): text is string => text !== null && /^[\da-f-]{36}$/.test(text)

function queryOf(search: URLSearchParams) {
  const [type, company, owned] = [search.get('type'), search.get('company'), search.get('owned')]
  return {
    q: search.get('q')?.slice(0, 200) || undefined,
    type: isId(type) || type === 'none' ? type : undefined,
    company: isId(company) ? company : undefined,
    owned: owned === 'yes' || owned === 'no' ? owned : undefined,
  } as const
}
