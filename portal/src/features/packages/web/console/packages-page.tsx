import { type LoaderFunctionArgs, type MetaFunction, useLoaderData } from 'react-router'
import { getMe, permissionsOf } from '#features/accounts/core'
import { pathIn, translate } from '#platform/core'
import {
  ActionLink,
  apiContext,
  type Column,
  DataTable,
  EmptyState,
  languageContext,
  Money,
  PageHeader,
  StatusBadge,
  useLanguage,
  useTexts,
} from '#platform/web'
import { listPackages, type ServicePackage } from '../../core/index.ts'

/** /console/packages: what is sold for machines. */
export async function loader({ context }: LoaderFunctionArgs) {
  const calls = context.get(apiContext)
  const [{ items }, { account }] = await Promise.all([calls.call(listPackages, {}), calls.call(getMe, {})])
  const mayWrite = permissionsOf(account?.roles ?? []).includes('package.manage')
  return { items, mayWrite, language: context.get(languageContext) }
}

export const meta: MetaFunction<typeof loader> = ({ loaderData }) =>
  loaderData ? [{ title: translate(loaderData.language, 'packages:title') }] : []

export default function PackagesPage() {
  const { items, mayWrite } = useLoaderData<typeof loader>()
  const t = useTexts('packages')
  const language = useLanguage()
  const add = (
    <ActionLink strength="primary" to={pathIn(language, '/console/packages/new')}>
      {t('desk.add')}
    </ActionLink>
  )
  return (
    <>
      <PageHeader
        title={t('title')}
        actions={
          <>
            <ActionLink to={pathIn(language, '/console/entitlements')}>{t('desk.entitlements')}</ActionLink>
            {mayWrite && items.length > 0 ? add : null}
          </>
        }
      >
        {t('desk.lead')}
      </PageHeader>
      <DataTable
        label={t('title')}
        columns={useColumns()}
        rows={items}
        rowId={({ id }) => id}
        rowHref={({ id }) => pathIn(language, `/console/packages/${id}`)}
        empty={
          <EmptyState title={t('desk.none')} action={mayWrite ? add : null}>
            {t('desk.noneHelp')}
          </EmptyState>
        }
      />
    </>
  )
}

function useColumns(): Column<ServicePackage>[] {
  const t = useTexts('packages')
  const language = useLanguage()
  return [
    { id: 'name', title: t('desk.name'), cell: ({ name }) => name[language] },
    {
      id: 'opens',
      title: t('opens'),
      cell: ({ rights }) => rights.map(right => t(`right.${right}`)).join(language === 'en' ? ', ' : '、'),
      optional: true,
    },
    { id: 'term', title: t('desk.term'), cell: ({ months }) => t('desk.months', { count: months }), optional: true },
    {
      id: 'price',
      title: t('desk.price'),
      cell: ({ net, currency }) => <Money amount={net} currency={currency} />,
      numeric: true,
    },
    { id: 'machines', title: t('desk.machines'), cell: ({ machines }) => machines, numeric: true, optional: true },
    {
      id: 'state',
      title: t('desk.state'),
      cell: ({ offered }) => (
        <StatusBadge tone={offered ? 'good' : 'neutral'}>{t(offered ? 'desk.offered' : 'desk.notOffered')}</StatusBadge>
      ),
      narrow: true,
    },
  ]
}
