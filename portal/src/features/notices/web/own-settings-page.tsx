import { type MetaFunction, useLoaderData } from 'react-router'
import { pathIn, translate } from '#platform/core'
import { ActionLink, Container, PageHeader, pageMeta, useLanguage, useTexts } from '#platform/web'
import { loadSettings } from './load-notices.ts'
import { SettingsForm } from './settings-form.tsx'

/** /account/notices/settings: how a customer wants to be told. */
export const loader = loadSettings

export const meta: MetaFunction<typeof loader> = ({ loaderData }) =>
  loaderData
    ? pageMeta({
        ...loaderData,
        path: '/account/notices/settings',
        title: translate(loaderData.language, 'notices:settings'),
        hidden: true,
      })
    : []

export default function OwnSettingsPage() {
  const { settings, etag } = useLoaderData<typeof loader>()
  const t = useTexts('notices')
  const language = useLanguage()
  return (
    <Container width="narrow">
      <PageHeader
        title={t('settings')}
        actions={
          <ActionLink size="small" to={pathIn(language, '/account/notices')}>
            {t('choose.back')}
          </ActionLink>
        }
      >
        {t('choose.lead')}
      </PageHeader>
      <SettingsForm settings={settings} etag={etag} />
    </Container>
  )
}
