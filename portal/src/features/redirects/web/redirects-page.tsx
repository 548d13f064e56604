import { useState } from 'react'
import { type LoaderFunctionArgs, type MetaFunction, useLoaderData, useRevalidator, useSearchParams } from 'react-router'
import { formatNumber, formatTime, translate } from '#platform/core'
import {
  ActionButton,
  api,
  apiContext,
  BottomSheet,
  type Column,
  DataTable,
  EmptyState,
  FilterBar,
  languageContext,
  Notice,
  PageHeader,
  useLanguage,
  usePages,
  useProblem,
  useTexts,
  useTimeZone,
} from '#platform/web'
import { importRedirects, listRedirects, type RedirectView, removeRedirect } from '../core/index.ts'
import { ImportRedirects } from './import-redirects.tsx'
import style from './redirects-page.module.css'

/** /console/redirects: where addresses of the site before lead. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const page = await context.get(apiContext).call(listRedirects, { query: queryOf(new URL(request.url).searchParams) })
  return { page, language: context.get(languageContext) }
}

export const meta: MetaFunction<typeof loader> = ({ loaderData }) =>
  loaderData ? [{ title: translate(loaderData.language, 'redirects:title') }] : []

export default function RedirectsPage() {
  const { page } = useLoaderData<typeof loader>()
  const t = useTexts('redirects')
  const [search] = useSearchParams()
  const { revalidate } = useRevalidator()
  const { problem, attempt } = useProblem()
  const [adding, setAdding] = useState(false)
  const [done, setDone] = useState<{ said: string; undo?: RedirectView } | null>(null)
  const pages = usePages(page, cursor => api.call(listRedirects, { query: { ...queryOf(search), cursor } }))

  const remove = async (redirect: RedirectView) => {
    const removed = await attempt(() => api.call(removeRedirect, { params: { redirectId: redirect.id } }).then(() => true))
    await revalidate()
    if (removed) setDone({ said: t('removed', { old: redirect.old }), undo: redirect })
  }
  const restore = async ({ old, target }: RedirectView) => {
    const back = await attempt(() => api.call(importRedirects, { body: { text: `${encodeURI(old)}\t${target}` } }))
    await revalidate()
    if (back) setDone(null)
  }
  return (
    <>
      <PageHeader
        title={t('title')}
        actions={
          <ActionButton strength="primary" onClick={() => setAdding(true)}>
            {t('add')}
          </ActionButton>
        }
      >
        {t('lead')}
      </PageHeader>
      {done ? (
        <Notice tone="good" live title={done.said}>
          {done.undo ? (
            <ActionButton size="small" strength="quiet" onClick={() => void restore(done.undo!)}>
              {t('undo')}
            </ActionButton>
          ) : null}
        </Notice>
      ) : null}
      {problem ? (
        <Notice tone="bad" live title={problem.detail}>
          {problem.remedy}
        </Notice>
      ) : null}
      <FilterBar filters={[]} />
      <p className={style.count}>{t('count', { count: page.total })}</p>
      <DataTable
        label={t('title')}
        columns={useColumns(remove)}
        {...pages}
        rowId={redirect => redirect.id}
        empty={
          search.has('q') ? <EmptyState title={t('noneFound')} /> : <EmptyState title={t('none')}>{t('noneHelp')}</EmptyState>
        }
      />
      <BottomSheet open={adding} title={t('add')} onClose={() => setAdding(false)}>
        {adding ? (
          <ImportRedirects
            onDone={outcome => {
              setAdding(false)
              setDone({ said: t('imported', { outcome }) })
              void revalidate()
            }}
          />
        ) : null}
      </BottomSheet>
    </>
  )
}

function useColumns(remove: (redirect: RedirectView) => Promise<void>): Column<RedirectView>[] {
  const t = useTexts('redirects')
  const language = useLanguage()
  const zone = useTimeZone()
  return [
    { id: 'old', title: t('old'), cell: ({ old }) => <span className={style.address}>{old}</span> },
    { id: 'target', title: t('target'), cell: ({ target }) => <span className={style.address}>{target}</span> },
    { id: 'hits', title: t('hits'), cell: ({ hits }) => formatNumber(hits, language), numeric: true, optional: true },
    {
      id: 'lastHit',
      title: t('lastHit'),
      cell: ({ lastHitAt }) =>
        lastHitAt === null ? t('never') : <time dateTime={lastHitAt}>{formatTime(lastHitAt, language, zone)}</time>,
      narrow: true,
      optional: true,
    },
    {
      id: 'remove',
      title: '',
      cell: redirect => (
        <ActionButton size="small" aria-label={t('removeOf', { old: redirect.old })} onClick={() => void remove(redirect)}>
          {t('remove')}
        </ActionButton>
      ),
      narrow: true,
    },
  ]
}

const queryOf = (search: URLSearchParams) => ({ search: search.get('q')?.slice(0, 200) || undefined })
