import { useState } from 'react'
import {
  type LoaderFunctionArgs,
  type MetaFunction,
  type ShouldRevalidateFunctionArgs,
  useLoaderData,
  useNavigate,
} from 'react-router'
import { listProducts } from '#features/products/core'
import { formatTime, pathIn, translate } from '#platform/core'
import {
  ActionButton,
  ActionLink,
  api,
  apiContext,
  BottomSheet,
  Breadcrumbs,
  ConfirmDialog,
  languageContext,
  newIdempotencyKey,
  PageHeader,
  useLanguage,
  useTexts,
} from '#platform/web'
import {
  createPage,
  discardDraft,
  getPage,
  publishPage,
  removePage,
  restoreVersion,
  saidIn,
  slugFrom,
  unpublishPage,
} from '../../core/index.ts'
import style from './editor.module.css'
import { PageEditor } from './page-editor.tsx'
import { PageHistory } from './page-history.tsx'
import { PageState } from './page-state.tsx'
import { PublishForm } from './publish-form.tsx'
import { useEditedPage } from './use-edited-page.ts'

/** /console/pages/{id}: a page to be written, and what becomes of it. */
export async function loader({ params, context }: LoaderFunctionArgs) {
  const calls = context.get(apiContext)
  const [{ value, etag }, { items }] = await Promise.all([
    calls.callWithEtag(getPage, { params: { pageId: params.pageId ?? '' } }),
    calls.call(listProducts, {}),
  ])
  const products = items.map(({ slug, name }) => ({ slug, name }))
  return { page: value, etag, products, language: context.get(languageContext) }
}

/** The editor holds the page as it was last read or saved: nothing is read again beside it. */
export const shouldRevalidate = ({ currentParams, nextParams }: ShouldRevalidateFunctionArgs) =>
  currentParams.pageId !== nextParams.pageId

export const meta: MetaFunction<typeof loader> = ({ loaderData }) => {
  if (!loaderData) return []
  const { page, language } = loaderData
  return [{ title: saidIn(page.title, language) || translate(language, 'content:console.list.untitled') }]
}

export default function PagePage() {
  const given = useLoaderData<typeof loader>()
  return <Desk key={given.page.id} {...given} />
}

type Asking = 'publish' | 'unpublish' | 'discard' | 'remove' | null

function Desk(given: ReturnType<typeof useLoaderData<typeof loader>>) {
  const t = useTexts('content')
  const language = useLanguage()
  const navigate = useNavigate()
  const edited = useEditedPage(given)
  const { page, document, etag } = edited
  const [asking, setAsking] = useState<Asking>(null)
  const params = { pageId: page.id }
  const title = saidIn(document.title, language) || t('console.list.untitled')
  const preview = pathIn(language, `/preview/pages/${page.id}`)

  const act = (asked: Asking) => async (): Promise<void> => {
    setAsking(null)
    if (asked === 'unpublish') await edited.change(() => api.callWithEtag(unpublishPage, { params, ifMatch: etag }))
    if (asked === 'discard')
      await edited.change(() => api.callWithEtag(discardDraft, { params, ifMatch: etag }), { replaced: true })
    if (asked !== 'remove') return
    const removed = await edited.attempt(() => api.call(removePage, { params, ifMatch: etag }).then(() => true))
    if (removed) void navigate(pathIn(language, '/console/pages'))
  }
  const openPreview = async (narrow: boolean) => {
    const opened = window.open('about:blank', '_blank', narrow ? 'popup,width=390,height=844' : '')
    if (edited.changed && !(await edited.save())) return opened?.close()
    if (opened) opened.location.href = preview
  }
  const copy = async () => {
    if (edited.changed && !(await edited.save())) return
    const copied = Object.fromEntries(
      Object.entries(document.title).map(([one, said]) => [one, said && t('console.edit.copyOf', { title: said }).slice(0, 120)]),
    ) as typeof document.title
    const slug = slugFrom(`${document.slug.slice(0, 50)} ${newIdempotencyKey().slice(0, 4)}`)
    const made = await edited.attempt(() =>
      api.call(createPage, {
        body: { kind: page.kind, title: copied, slug, like: page.id },
        idempotencyKey: newIdempotencyKey(),
      }),
    )
    if (made) void navigate(pathIn(language, `/console/pages/${made.pageId}`))
  }
  return (
    <>
      <Breadcrumbs crumbs={[{ title: t('console.list.title'), href: pathIn(language, '/console/pages') }, { title }]} />
      <PageHeader title={title} actions={<PageState page={page} timeZone={page.timeZone} />}>
        {t(`console.kind.${page.kind}`)}
      </PageHeader>
      <div className={style.columns}>
        <PageEditor edited={edited} products={given.products} onPublish={() => setAsking('publish')} />
        <aside className={style.side}>
          <section className={style.actions}>
            <ActionButton size="small" onClick={() => void openPreview(false)}>
              {t('console.edit.preview')}
            </ActionButton>
            <ActionButton size="small" onClick={() => void openPreview(true)}>
              {t('console.edit.previewPhone')}
            </ActionButton>
            {page.shownPath === null ? null : (
              <ActionLink size="small" to={pathIn(language, page.shownPath)} reloadDocument>
                {t('console.edit.see')}
              </ActionLink>
            )}
            {page.kind === 'home' ? null : (
              <ActionButton size="small" strength="quiet" onClick={() => void copy()}>
                {t('console.edit.copy')}
              </ActionButton>
            )}
            {page.changed || edited.changed ? (
              <ActionButton size="small" strength="quiet" onClick={() => setAsking('discard')}>
                {t('console.edit.discard')}
              </ActionButton>
            ) : null}
            {page.shownPath !== null || page.publishAt ? (
              <ActionButton size="small" strength="quiet" onClick={() => setAsking('unpublish')}>
                {t('console.edit.unpublish')}
              </ActionButton>
            ) : (
              <ActionButton size="small" strength="quiet" onClick={() => setAsking('remove')}>
                {t('console.edit.remove')}
              </ActionButton>
            )}
          </section>
          <PageHistory
            page={page}
            onRestore={(versionId, number) =>
              void edited.change(() => api.callWithEtag(restoreVersion, { params: { ...params, versionId }, ifMatch: etag }), {
                replaced: true,
                said: () => t('console.history.restored', { number }),
              })
            }
          />
        </aside>
      </div>
      <BottomSheet open={asking === 'publish'} title={t('console.publish.title', { title })} onClose={() => setAsking(null)}>
        {asking === 'publish' ? (
          <PublishForm
            timeZone={page.timeZone}
            until={page.unpublishAt}
            publish={async (from, until) => {
              const saved = edited.changed ? await edited.save() : etag
              if (!saved) return setAsking(null)
              await edited.change(() => api.callWithEtag(publishPage, { params, body: { from, until }, ifMatch: saved }), {
                said: ({ publishAt, timeZone }) =>
                  publishAt
                    ? t('console.publish.waits', { at: formatTime(publishAt, language, timeZone) })
                    : t('console.publish.done'),
              })
              setAsking(null)
            }}
          />
        ) : null}
      </BottomSheet>
      {(['unpublish', 'discard', 'remove'] as const).map(one => (
        <ConfirmDialog
          key={one}
          open={asking === one}
          title={t(`console.confirm.${one}`, { title })}
          action={t(`console.edit.${one}`)}
          danger
          onConfirm={() => void act(one)()}
          onClose={() => setAsking(null)}
        >
          {t(`console.confirm.${one}Help`)}
        </ConfirmDialog>
      ))}
    </>
  )
}
