import { type LoaderFunctionArgs, type MetaFunction, useLoaderData } from 'react-router'
import { getMe, permissionsOf } from '#features/accounts/core'
import { formatNumber, pathIn, translate } from '#platform/core'
import {
  ActionLink,
  apiContext,
  type Column,
  DataTable,
  EmptyState,
  languageContext,
  PageHeader,
  useLanguage,
  useTexts,
} from '#platform/web'
import { type DeviceTypeSummary, listDeviceTypes } from '../../core/index.ts'

/** /console/device-types: what kinds of machines there are. */
export async function loader({ context }: LoaderFunctionArgs) {
  const calls = context.get(apiContext)
  const [{ items }, { account }] = await Promise.all([calls.call(listDeviceTypes, {}), calls.call(getMe, {})])
  const mayWrite = permissionsOf(account?.roles ?? []).includes('device-type.manage')
  return { items, mayWrite, language: context.get(languageContext) }
}

export const meta: MetaFunction<typeof loader> = ({ loaderData }) =>
  loaderData ? [{ title: translate(loaderData.language, 'devices:types.title') }] : []

export default function DeviceTypesPage() {
  const { items, mayWrite } = useLoaderData<typeof loader>()
  const t = useTexts('devices')
  const language = useLanguage()
  const number = (value: number) => formatNumber(value, language)
  const columns: Column<DeviceTypeSummary>[] = [
    { id: 'name', title: t('types.name'), cell: ({ name }) => name[language] },
    { id: 'key', title: t('types.key'), cell: ({ key }) => key, narrow: true },
    { id: 'models', title: t('types.models'), cell: ({ models }) => models.join(' · '), optional: true },
    { id: 'product', title: t('types.product'), cell: ({ product }) => product?.name[language], optional: true },
    { id: 'metrics', title: t('types.metrics'), cell: ({ metricCount }) => number(metricCount), numeric: true },
    {
      id: 'components',
      title: t('types.components'),
      cell: ({ componentCount }) => number(componentCount),
      numeric: true,
      optional: true,
    },
    { id: 'devices', title: t('types.devices'), cell: ({ devices }) => number(devices), numeric: true },
  ]
  const add = (
    <ActionLink strength="primary" to={pathIn(language, '/console/device-types/new')}>
      {t('types.add')}
    </ActionLink>
  )
  return (
    <>
      <PageHeader title={t('types.title')} actions={mayWrite ? add : undefined}>
        {t('types.lead')}
      </PageHeader>
      <DataTable
        label={t('types.title')}
        columns={columns}
        rows={items}
        rowId={({ id }) => id}
        rowHref={({ id }) => pathIn(language, `/console/device-types/${id}`)}
        empty={
          <EmptyState title={t('types.none')} action={mayWrite ? add : undefined}>
            {t('types.noneHelp')}
          </EmptyState>
        }
      />
    </>
  )
}
