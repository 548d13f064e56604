import { type MetaFunction, useLoaderData } from 'react-router'
import { pathIn, translate } from '#platform/core'
import { ActionLink, PageHeader, useLanguage, useTexts } from '#platform/web'
import { loadSettings } from '../load-notices.ts'
import { SettingsForm } from '../settings-form.tsx'

/** /console/notices/settings: how one of the staff wants to be told. */
export const loader = loadSettings

export const meta: MetaFunction<typeof loader> = ({ loaderData }) =>
  loaderData ? [{ title: translate(loaderData.language, 'notices:settings') }] : []

export default function SettingsPage() {
  const { settings, etag } = useLoaderData<typeof loader>()
  const t = useTexts('notices')
  const language = useLanguage()
  return (
    <>
      <PageHeader
        title={t('settings')}
        actions={<ActionLink to={pathIn(language, '/console/notices')}>{t('choose.back')}</ActionLink>}
      >
        {t('choose.lead')}
      </PageHeader>
      <SettingsForm settings={settings} etag={etag} />
    </>
  )
}
