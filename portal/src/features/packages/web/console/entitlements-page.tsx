import { type LoaderFunctionArgs, type MetaFunction, useLoaderData, useRevalidator, useSearchParams } from 'react-router'
import { getMe, permissionsOf } from '#features/accounts/core'
import { pathIn, translate } from '#platform/core'
import {
  api,
  apiContext,
  Breadcrumbs,
  type Column,
  DataTable,
  EmptyState,
  FilterBar,
  LocaleLink,
  languageContext,
  Money,
  PageHeader,
  useLanguage,
  usePages,
  useTexts,
  useTimeZone,
} from '#platform/web'
import { entitlementStages, type ListedEntitlement, listEntitlements } from '../../core/index.ts'
import { EntitlementBadge, periodWords } from '../entitlement-words.tsx'
import { EntitlementActions } from './entitlement-actions.tsx'

/** /console/entitlements: who has asked for which package, tries it and has it. The filter lives in the URL. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const calls = context.get(apiContext)
  const query = queryOf(new URL(request.url).searchParams)
  const [page, { account }] = await Promise.all([calls.call(listEntitlements, { query }), calls.call(getMe, {})])
  const mayGrant = permissionsOf(account?.roles ?? []).includes('package.grant')
  return { page, mayGrant, language: context.get(languageContext) }
}

export const meta: MetaFunction<typeof loader> = ({ loaderData }) =>
  loaderData ? [{ title: translate(loaderData.language, 'packages:desk.entitlements') }] : []

export default function EntitlementsPage() {
  const { page, mayGrant } = useLoaderData<typeof loader>()
  const [search] = useSearchParams()
  const t = useTexts('packages')
  const language = useLanguage()
  const { revalidate } = useRevalidator()
  const pages = usePages(page, cursor => api.call(listEntitlements, { query: { ...queryOf(search), cursor } }))
  return (
    <>
      <Breadcrumbs
        crumbs={[{ title: t('title'), href: pathIn(language, '/console/packages') }, { title: t('desk.entitlements') }]}
      />
      <PageHeader title={t('desk.entitlements')}>{t('desk.entitlementsLead')}</PageHeader>
      <FilterBar
        search={false}
        filters={[
          {
            id: 'stage',
            label: t('desk.stage'),
            options: entitlementStages.map(value => ({ value, label: t(`desk.stages.${value}`) })),
          },
        ]}
      />
      <DataTable
        label={t('desk.entitlements')}
        columns={useColumns(mayGrant, () => void revalidate())}
        {...pages}
        rowId={({ id }) => id}
        empty={<EmptyState title={t('desk.entitlementsNone')}>{t('desk.entitlementsNoneHelp')}</EmptyState>}
      />
    </>
  )
}

function queryOf(search: URLSearchParams) {
  const stage = entitlementStages.find(one => one === search.get('stage'))
  return stage ? { stage } : {}
}

function useColumns(mayGrant: boolean, onChange: () => void): Column<ListedEntitlement>[] {
  const t = useTexts('packages')
  const language = useLanguage()
  const zone = useTimeZone()
  return [
    { id: 'status', title: t('desk.state'), cell: one => <EntitlementBadge {...one} />, narrow: true },
    { id: 'company', title: t('desk.company'), cell: ({ company }) => company.name },
    {
      id: 'machine',
      title: t('machine'),
      cell: ({ device }) => (
        <LocaleLink to={`/console/devices/${device.id}/overview`}>{`${device.model} ${device.serial}`}</LocaleLink>
      ),
    },
    { id: 'package', title: t('package'), cell: one => one.package.name[language] },
    { id: 'kind', title: t('desk.kind'), cell: ({ kind }) => t(`kind.${kind}`), narrow: true, optional: true },
    { id: 'period', title: t('desk.period'), cell: one => periodWords(one, t, language, zone), optional: true },
    {
      id: 'price',
      title: t('desk.price'),
      cell: ({ price }) => <Money amount={price.net} currency={price.currency} />,
      numeric: true,
      optional: true,
    },
    ...(mayGrant
      ? [
          {
            id: 'do',
            title: t('desk.actions'),
            cell: (one: ListedEntitlement) => <EntitlementActions entitlement={one} onChange={onChange} />,
          },
        ]
      : []),
  ]
}
