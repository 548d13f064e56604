import { type MetaFunction, useLoaderData, useRouteLoaderData } from 'react-router'
import { pathIn, translate } from '#platform/core'
import { ActionLink, Container, PageHeader, pageMeta, useLanguage, useTexts } from '#platform/web'
import { loadNotices } from './load-notices.ts'
import { NoticeList } from './notice-list.tsx'

/** /account/notices: what a customer was told. */
export const loader = loadNotices

export const meta: MetaFunction<typeof loader> = ({ loaderData }) =>
  loaderData
    ? pageMeta({ ...loaderData, path: '/account/notices', title: translate(loaderData.language, 'notices:title'), hidden: true })
    : []

export default function OwnNoticesPage() {
  const { page } = useLoaderData<typeof loader>()
  const t = useTexts('notices')
  const language = useLanguage()
  const frame = useRouteLoaderData<{ account: { id: string } | null }>('public')
  return (
    <Container>
      <PageHeader
        title={t('title')}
        actions={
          <ActionLink size="small" to={pathIn(language, '/account/notices/settings')}>
            {t('settings')}
          </ActionLink>
        }
      >
        {t('lead')}
      </PageHeader>
      <NoticeList first={page} accountId={frame?.account?.id ?? null} />
    </Container>
  )
}
