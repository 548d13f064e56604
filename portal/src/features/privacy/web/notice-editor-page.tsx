import { useState } from 'react'
import { type LoaderFunctionArgs, type MetaFunction, useLoaderData, useRevalidator } from 'react-router'
import { formatDate, pathIn, translate } from '#platform/core'
import { ActionLink, apiContext, languageContext, Notice, PageHeader, useLanguage, useTexts, useTimeZone } from '#platform/web'
import { getNoticeDraft, type NoticeDraft } from '../core/index.ts'
import { IssueLine } from './issue-line.tsx'
import { NoticeForm } from './notice-form.tsx'
import style from './privacy.module.css'
import { PublishForm } from './publish-form.tsx'

/** /console/settings/privacy: the privacy notice, written and published version by version. */
export async function loader({ context }: LoaderFunctionArgs) {
  const { value, etag } = await context.get(apiContext).callWithEtag(getNoticeDraft, {})
  return { draft: value, etag, language: context.get(languageContext) }
}

export const meta: MetaFunction<typeof loader> = ({ loaderData }) =>
  loaderData ? [{ title: translate(loaderData.language, 'privacy:notice.title') }] : []

export default function NoticeEditorPage() {
  const { draft, etag } = useLoaderData<typeof loader>()
  const t = useTexts('privacy')
  const language = useLanguage()
  const { revalidate } = useRevalidator()
  const [done, setDone] = useState<'saved' | 'published' | null>(null)
  // something is typed that is not saved: it would not be part of what is published
  const [typing, setTyping] = useState(false)
  const after = async (what: 'saved' | 'published') => {
    setTyping(false)
    setDone(what)
    await revalidate()
  }
  const site = (
    <ActionLink to={pathIn(language, '/privacy')} size="small" reloadDocument>
      {t('notice.see')}
    </ActionLink>
  )
  return (
    <>
      <PageHeader title={t('notice.title')} actions={site}>
        {t('notice.lead')}
      </PageHeader>
      <div className={style.editor}>
        <Standing draft={draft} />
        <NoticeForm
          key={etag}
          {...{ draft, etag }}
          saved={done === 'saved'}
          onTyped={() => {
            setTyping(true)
            setDone(null)
          }}
          onSaved={() => after('saved')}
        />
        {done === 'published' ? (
          <Notice tone="good" live title={t('notice.published', { version: draft.current.version })} />
        ) : null}
        <PublishForm {...{ draft, etag }} blocked={typing} onPublished={() => after('published')} />
        <section className={style.section}>
          <h2>{t('notice.history')}</h2>
          {draft.versions.length === 0 ? <p className={style.muted}>{t('notice.noHistory')}</p> : null}
          <ul className={style.items}>
            {draft.versions.map(issue => (
              <IssueLine issue={issue} key={issue.version} />
            ))}
          </ul>
        </section>
      </div>
    </>
  )
}

/** What visitors read now, and whether something else waits to be published. */
function Standing({ draft: { current, changed } }: { draft: NoticeDraft }) {
  const t = useTexts('privacy')
  const language = useLanguage()
  const zone = useTimeZone()
  const { version, publishedAt } = current
  if (!publishedAt)
    return (
      <Notice tone="info" title={t('notice.shipped')}>
        <p>{t(changed ? 'notice.unpublishedFirst' : 'notice.shippedHelp')}</p>
      </Notice>
    )
  return (
    <p suppressHydrationWarning>
      {t('notice.current', { version, day: formatDate(publishedAt, language, zone) })}
      {changed ? ` · ${t('notice.unpublished', { version })}` : ''}
    </p>
  )
}
