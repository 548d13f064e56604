import { useState } from 'react'
import { type LoaderFunctionArgs, type MetaFunction, useLoaderData } from 'react-router'
import { ProblemNotice, useEntry } from '#features/accounts/web'
import { type Language, languages, pathIn, translate } from '#platform/core'
import {
  ActionButton,
  ActionLink,
  api,
  apiContext,
  Choice,
  ChoiceGroup,
  DescriptionList,
  languageContext,
  Notice,
  PageHeader,
  useLanguage,
  useTexts,
} from '#platform/web'
import { getSite, saveSite } from '../core/index.ts'
import style from './settings-form.module.css'

/** /console/settings/site: which languages the portal speaks, and its address. */
export async function loader({ context, request }: LoaderFunctionArgs) {
  const { value, etag } = await context.get(apiContext).callWithEtag(getSite, {})
  const saved = new URL(request.url).searchParams.has('saved')
  return { site: value, etag, saved, language: context.get(languageContext) }
}

export const meta: MetaFunction<typeof loader> = ({ loaderData }) =>
  loaderData ? [{ title: translate(loaderData.language, 'manufacturer:site.title') }] : []

const choices: Record<string, readonly Language[]> = { both: languages, 'zh-CN': ['zh-CN'], en: ['en'] }

export default function SitePage() {
  const { site, etag, saved } = useLoaderData<typeof loader>()
  const t = useTexts('manufacturer')
  const language = useLanguage()
  const [changed, setChanged] = useState(false)
  const entry = useEntry(
    () => ({}),
    async typed => {
      const chosen = choices[typed.text('languages')] ?? languages
      await api.call(saveSite, { body: { languages: [...chosen] }, ifMatch: etag })
      // every page is another one now, this one too
      const next = chosen.includes(language) ? language : chosen[0]!
      window.location.assign(pathIn(next, '/console/settings/site?saved'))
    },
  )
  const now = Object.keys(choices).find(name => choices[name]!.join() === site.languages.join())
  const see = (
    <ActionLink to={pathIn(language, '/')} size="small" reloadDocument>
      {t('site.see')}
    </ActionLink>
  )
  return (
    <>
      <PageHeader title={t('site.title')} actions={see}>
        {t('site.lead')}
      </PageHeader>
      <form className={style.form} method="post" noValidate onSubmit={entry.onSubmit} onChange={() => setChanged(true)}>
        <ProblemNotice problem={entry.problem} />
        <ChoiceGroup title={t('site.languages')} error={entry.errors.languages}>
          {Object.keys(choices).map(name => (
            <Choice
              key={name}
              type="radio"
              name="languages"
              value={name}
              defaultChecked={name === now}
              label={t(`site.${name}`)}
              help={t(`site.${name}Help`)}
            />
          ))}
        </ChoiceGroup>
        <p className={style.help}>{t('site.kept')}</p>
        {saved && !changed ? <Notice tone="good" live title={t('site.saved')} /> : null}
        <ActionButton type="submit" strength="primary" disabled={entry.busy}>
          {t('site.save')}
        </ActionButton>
      </form>
      <section className={style.form}>
        <h2>{t('site.address')}</h2>
        <DescriptionList items={[{ term: 'PUBLIC_URL', value: site.address }]} />
        <p className={style.help}>{t('site.addressHelp')}</p>
      </section>
    </>
  )
}
