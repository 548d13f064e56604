import { type MetaFunction, useLoaderData, useRouteLoaderData } from 'react-router'
import { pathIn, translate } from '#platform/core'
import { ActionLink, PageHeader, useLanguage, useTexts } from '#platform/web'
import { loadNotices } from '../load-notices.ts'
import { NoticeList } from '../notice-list.tsx'

/** /console/notices: what one of the staff was told. */
export const loader = loadNotices

export const meta: MetaFunction<typeof loader> = ({ loaderData }) =>
  loaderData ? [{ title: translate(loaderData.language, 'notices:title') }] : []

export default function NoticesPage() {
  const { page } = useLoaderData<typeof loader>()
  const t = useTexts('notices')
  const language = useLanguage()
  const frame = useRouteLoaderData<{ account: { id: string } }>('console')
  return (
    <>
      <PageHeader
        title={t('title')}
        actions={<ActionLink to={pathIn(language, '/console/notices/settings')}>{t('settings')}</ActionLink>}
      >
        {t('consoleLead')}
      </PageHeader>
      <NoticeList first={page} accountId={frame?.account.id ?? null} />
    </>
  )
}
