import { type LoaderFunctionArgs, useLoaderData, useSearchParams } from 'react-router'
import { formatDate, pathIn } from '#platform/core'
import {
  ActionLink,
  api,
  apiContext,
  type Column,
  DataTable,
  EmptyState,
  FilterBar,
  PageHeader,
  useLanguage,
  usePages,
  useTexts,
  useTimeZone,
} from '#platform/web'
import { type CompanySummary, getMe, listCompanies, permissionsOf } from '../core/index.ts'
import { accountPageMeta, pageFacts } from './page-facts.ts'

/** /console/companies?q=…: the customers, newest first. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const calls = context.get(apiContext)
  const [{ account }, page] = await Promise.all([
    calls.call(getMe, {}),
    calls.call(listCompanies, { query: queryOf(new URL(request.url).searchParams) }),
  ])
  return { ...pageFacts(context), page, imports: permissionsOf(account!.roles).includes('company.import') }
}

const queryOf = (search: URLSearchParams) => {
  const q = search.get('q')?.slice(0, 200)
  return { limit: 50, ...(q ? { q } : {}) }
}

export const meta = accountPageMeta('/console/companies', 'companies.title')

export default function Companies() {
  const t = useTexts('accounts')
  const language = useLanguage()
  const { page, imports } = useLoaderData<typeof loader>()
  const [search] = useSearchParams()
  const pages = usePages(page, cursor => api.call(listCompanies, { query: { ...queryOf(search), cursor } }))
  const filtered = search.has('q')
  return (
    <>
      <PageHeader
        title={t('companies.title')}
        actions={
          imports ? <ActionLink to={pathIn(language, '/console/companies/import')}>{t('companies.import')}</ActionLink> : null
        }
      >
        {t('companies.lead')}
      </PageHeader>
      <FilterBar />
      <DataTable
        label={t('companies.title')}
        columns={useColumns()}
        {...pages}
        rowId={({ id }) => id}
        rowHref={({ id }) => pathIn(language, `/console/companies/${id}`)}
        empty={
          <EmptyState title={t(filtered ? 'companies.noneFound' : 'companies.none')}>
            {t(filtered ? 'companies.noneFoundHelp' : 'companies.noneHelp')}
          </EmptyState>
        }
      />
    </>
  )
}

function useColumns(): Column<CompanySummary>[] {
  const t = useTexts('accounts')
  const language = useLanguage()
  const zone = useTimeZone()
  return [
    {
      id: 'name',
      title: t('companies.name'),
      cell: ({ name, sole }) => (sole ? `${name} (${t('company.sole')})` : name),
    },
    { id: 'members', title: t('companies.members'), cell: ({ members }) => members, numeric: true, narrow: true },
    {
      id: 'since',
      title: t('companies.since'),
      narrow: true,
      optional: true,
      cell: ({ createdAt }) => <time dateTime={createdAt}>{formatDate(createdAt, language, zone)}</time>,
    },
  ]
}
