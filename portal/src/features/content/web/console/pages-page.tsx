import { useState } from 'react'
import { type LoaderFunctionArgs, type MetaFunction, useLoaderData, useNavigate } from 'react-router'
import { formatTime, pathIn, translate } from '#platform/core'
import {
  ActionButton,
  apiContext,
  BottomSheet,
  type Column,
  DataTable,
  EmptyState,
  FilterBar,
  LocaleLink,
  languageContext,
  PageHeader,
  useLanguage,
  useTexts,
} from '#platform/web'
import { listPages, type PageKind, type PageStanding, pageKinds, pathOf, saidIn } from '../../core/index.ts'
import { CreatePage } from './create-page.tsx'
import { PageState } from './page-state.tsx'

/** /console/pages: what the manufacturer writes, and what becomes of it. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const search = new URL(request.url).searchParams
  const kind = pageKinds.find(one => one === search.get('kind'))
  const query = { kind, search: search.get('q')?.slice(0, 100) || undefined }
  const { items, timeZone } = await context.get(apiContext).call(listPages, { query })
  return { items, timeZone, filtered: Boolean(query.kind ?? query.search), language: context.get(languageContext) }
}

export const meta: MetaFunction<typeof loader> = ({ loaderData }) =>
  loaderData ? [{ title: translate(loaderData.language, 'content:console.list.title') }] : []

export default function PagesPage() {
  const { items, timeZone, filtered } = useLoaderData<typeof loader>()
  const t = useTexts('content')
  const language = useLanguage()
  const navigate = useNavigate()
  const [adding, setAdding] = useState(false)
  const add = (
    <ActionButton strength="primary" onClick={() => setAdding(true)}>
      {t('console.list.add')}
    </ActionButton>
  )
  return (
    <>
      <PageHeader title={t('console.list.title')} actions={add}>
        {t('console.list.lead')}
      </PageHeader>
      <FilterBar
        filters={[
          {
            id: 'kind',
            label: t('console.list.kind'),
            options: pageKinds.map(kind => ({ value: kind, label: t(`console.kind.${kind}`) })),
          },
        ]}
      />
      <DataTable
        label={t('console.list.title')}
        columns={useColumns(timeZone)}
        rows={items}
        rowId={page => page.id}
        empty={
          filtered ? (
            <EmptyState title={t('console.list.noneFound')} />
          ) : (
            <EmptyState title={t('console.list.none')}>{t('console.list.noneHelp')}</EmptyState>
          )
        }
      />
      <BottomSheet open={adding} title={t('console.create.title')} onClose={() => setAdding(false)}>
        {adding ? (
          <CreatePage
            hasHome={items.some(({ kind }) => kind === 'home')}
            onCreated={id => void navigate(pathIn(language, `/console/pages/${id}`))}
          />
        ) : null}
      </BottomSheet>
    </>
  )
}

function useColumns(timeZone: string): Column<PageStanding>[] {
  const t = useTexts('content')
  const language = useLanguage()
  return [
    {
      id: 'title',
      title: t('console.list.page'),
      cell: ({ id, title }) => (
        <LocaleLink to={`/console/pages/${id}`}>{saidIn(title, language) || t('console.list.untitled')}</LocaleLink>
      ),
    },
    {
      id: 'kind',
      title: t('console.list.kind'),
      cell: ({ kind }: { kind: PageKind }) => t(`console.kind.${kind}`),
      narrow: true,
    },
    { id: 'address', title: t('console.list.address'), cell: ({ kind, slug, shownPath }) => shownPath ?? pathOf(kind, slug) },
    { id: 'state', title: t('console.list.state'), cell: page => <PageState page={page} timeZone={timeZone} /> },
    {
      id: 'changed',
      title: t('console.list.changed'),
      cell: ({ changedAt }) => <time dateTime={changedAt}>{formatTime(changedAt, language, timeZone)}</time>,
      narrow: true,
      optional: true,
    },
  ]
}
