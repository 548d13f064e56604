import { useState } from 'react'
import { type LoaderFunctionArgs, type MetaFunction, useLoaderData } from 'react-router'
import { pathIn, translate } from '#platform/core'
import { ActionLink, apiContext, languageContext, Notice, PageHeader, useLanguage, useTexts } from '#platform/web'
import { getProfile } from '../core/index.ts'
import { ProfileForm } from './profile-form.tsx'

/** /console/settings: who runs this portal, to be edited. */
export async function loader({ context }: LoaderFunctionArgs) {
  const { value, etag } = await context.get(apiContext).callWithEtag(getProfile, {})
  return { ...value, etag, language: context.get(languageContext) }
}

export const meta: MetaFunction<typeof loader> = ({ loaderData }) =>
  loaderData ? [{ title: translate(loaderData.language, 'manufacturer:settings.title') }] : []

export default function SettingsPage() {
  const { profile, unnamed, etag } = useLoaderData<typeof loader>()
  const t = useTexts('manufacturer')
  const language = useLanguage()
  const [saved, setSaved] = useState(false)
  const site = (
    <ActionLink to={pathIn(language, '/')} size="small" reloadDocument>
      {t('settings.see')}
    </ActionLink>
  )
  return (
    <>
      <PageHeader title={t('settings.title')} actions={site}>
        {t('settings.lead')}
      </PageHeader>
      {unnamed ? (
        <Notice tone="info" title={t('settings.unnamed')}>
          <p>{t('settings.unnamedHelp')}</p>
        </Notice>
      ) : null}
      {/* what was saved is what the next edit begins with: made anew for it */}
      <ProfileForm key={etag} {...{ profile, etag, saved }} onSaved={setSaved} />
    </>
  )
}
