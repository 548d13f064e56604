import { type LoaderFunctionArgs, type MetaFunction, useLoaderData, useSearchParams } from 'react-router'
import { formatTime, pathIn, translate } from '#platform/core'
import {
  ActionLink,
  api,
  apiContext,
  type Column,
  DataTable,
  EmptyState,
  languageContext,
  Notice,
  PageHeader,
  StatusBadge,
  useLanguage,
  usePages,
  useTexts,
  useTimeZone,
} from '#platform/web'
import { getKeys, listRequests, type StaffRequest } from '../core/index.ts'
import { DueBadge } from './due-badge.tsx'
import style from './privacy.module.css'

/** /console/privacy: requests of people about their data, the most urgent first; and how the keys stand. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const calls = context.get(apiContext)
  const show = showOf(new URL(request.url).searchParams)
  const [page, keys] = await Promise.all([calls.call(listRequests, { query: { show } }), calls.call(getKeys, {})])
  return { page, keys, language: context.get(languageContext) }
}

const showOf = (search: URLSearchParams) => (search.get('show') === 'closed' ? 'closed' : 'open')

export const meta: MetaFunction<typeof loader> = ({ loaderData }) =>
  loaderData ? [{ title: translate(loaderData.language, 'privacy:console.title') }] : []

export default function RequestsPage() {
  const { page, keys } = useLoaderData<typeof loader>()
  const [search] = useSearchParams()
  const show = showOf(search)
  const t = useTexts('privacy')
  const language = useLanguage()
  const pages = usePages(page, cursor => api.call(listRequests, { query: { show, cursor } }))
  const left = keys.columns.reduce((sum, column) => sum + column.left, 0)
  return (
    <>
      <PageHeader
        title={t('console.title')}
        actions={(['open', 'closed'] as const).map(one => (
          <ActionLink
            key={one}
            to={pathIn(language, `/console/privacy${one === 'open' ? '' : '?show=closed'}`)}
            size="small"
            {...(one === show ? { 'aria-current': 'page' as const } : {})}
          >
            {t(`console.${one}`)}
          </ActionLink>
        ))}
      >
        {t('console.lead')}
      </PageHeader>
      <DataTable
        label={t('console.title')}
        columns={useColumns()}
        {...pages}
        rowId={({ id }) => id}
        rowHref={({ id }) => pathIn(language, `/console/privacy/${id}`)}
        empty={<EmptyState title={t('console.none')}>{t('console.noneHelp')}</EmptyState>}
      />
      <section className={style.section}>
        <h2>{t('console.keys')}</h2>
        <Notice
          tone={left > 0 ? 'info' : 'good'}
          title={left > 0 ? t('console.keysLeft', { count: left }) : t('console.keysDone')}
        >
          <p>{t('console.keysText', { current: keys.current })}</p>
          {keys.columns
            .filter(column => column.left > 0)
            .map(({ table, column, left: rows }) => (
              <p key={`${table}.${column}`}>
                {table}.{column}: {rows}
              </p>
            ))}
        </Notice>
      </section>
    </>
  )
}

function useColumns(): Column<StaffRequest>[] {
  const t = useTexts('privacy')
  const language = useLanguage()
  const zone = useTimeZone()
  return [
    { id: 'number', title: t('console.number'), cell: ({ number }) => `#${number}`, narrow: true },
    { id: 'kind', title: t('console.kind'), cell: ({ kind }) => t(`kind.${kind}`), narrow: true },
    { id: 'who', title: t('console.who'), cell: ({ email }) => email ?? t('console.erased') },
    {
      id: 'state',
      title: t('console.state'),
      cell: ({ state }) => (
        <StatusBadge tone={state === 'done' ? 'good' : state === 'refused' ? 'bad' : 'neutral'}>
          {t(`state.${state}`)}
        </StatusBadge>
      ),
      narrow: true,
    },
    {
      id: 'received',
      title: t('console.received'),
      cell: ({ receivedAt }) => <time dateTime={receivedAt}>{formatTime(receivedAt, language, zone)}</time>,
      optional: true,
    },
    { id: 'due', title: t('console.due'), cell: request => <DueBadge request={request} /> },
  ]
}
