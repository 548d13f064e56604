import { useState } from 'react'
import { type LoaderFunctionArgs, type MetaFunction, useLoaderData, useNavigate, useRevalidator } from 'react-router'
import { getMe, permissionsOf } from '#features/accounts/core'
import { getVersionEffect } from '#features/configurator/core'
import { pathIn } from '#platform/core'
import {
  api,
  apiContext,
  Breadcrumbs,
  languageContext,
  Notice,
  newIdempotencyKey,
  PageHeader,
  StatusBadge,
  useLanguage,
  useLive,
  useTexts,
} from '#platform/web'
import { compareVersions, getManagedProduct, importDraft } from '../../core/index.ts'
import { CompareVersions } from './compare-versions.tsx'
import style from './console-product-page.module.css'
import { DraftCard } from './draft-card.tsx'
import { ImportModel } from './import-model.tsx'
import { ProductCard } from './product-card.tsx'
import { ProductHistory } from './product-history.tsx'
import { productTones } from './product-tones.ts'

/** /console/products/{id}?before=…&after=…: a product, the draft beside it, and what happened to both. */
export async function loader({ params, request, context }: LoaderFunctionArgs) {
  const calls = context.get(apiContext)
  const product = { productId: params.productId ?? '' }
  const [{ value: detail, etag }, { account }] = await Promise.all([
    calls.callWithEtag(getManagedProduct, { params: product }),
    calls.call(getMe, {}),
  ])
  const { draft, modelVersionId } = detail
  const search = new URL(request.url).searchParams
  const [before, after] = [search.get('before'), search.get('after')]
  const compare = (before: string, after: string) => calls.call(compareVersions, { params: product, query: { before, after } })
  const [toDraft, effect, chosen] = await Promise.all([
    draft && modelVersionId ? compare(modelVersionId, draft.id) : null,
    draft && modelVersionId ? calls.call(getVersionEffect, { params: { ...product, modelVersionId: draft.id } }) : null,
    // an address may name what is gone meanwhile: the draft of yesterday
    before && after ? compare(before, after).catch(() => null) : null,
  ])
  return {
    detail,
    etag,
    toDraft,
    effect,
    chosen,
    ids: { before, after },
    mayWrite: permissionsOf(account?.roles ?? []).includes('product.write'),
    language: context.get(languageContext),
  }
}

export const meta: MetaFunction<typeof loader> = ({ loaderData }) =>
  loaderData ? [{ title: loaderData.detail.name[loaderData.language] }] : []

export default function ConsoleProductPage() {
  const { detail, etag, toDraft, effect, chosen, ids, mayWrite } = useLoaderData<typeof loader>()
  const t = useTexts('products')
  const language = useLanguage()
  const navigate = useNavigate()
  const { revalidate } = useRevalidator()
  const [done, setDone] = useState('')
  useLive('products', id => {
    if (id === null || id === detail.id) void revalidate()
  })
  const list = pathIn(language, '/console/products')
  const finish = async (said: string, gone = false) => {
    if (gone) return navigate(list)
    await revalidate()
    setDone(said)
  }
  return (
    <>
      <Breadcrumbs crumbs={[{ title: t('console.title'), href: list }, { title: detail.name[language] }]} />
      <PageHeader
        title={detail.name[language]}
        actions={<StatusBadge tone={productTones[detail.status]}>{t(`status.${detail.status}`)}</StatusBadge>}
      >
        {detail.version === null ? t('console.product.noVersion') : `${t('console.version')} ${detail.version}`}
      </PageHeader>
      {done ? <Notice tone="good" live title={done} /> : null}
      <div className={style.columns}>
        <div className={style.main}>
          <DraftCard {...{ detail, etag, mayWrite, effect }} compared={toDraft} onDone={finish} />
          {mayWrite ? (
            <ImportModel
              label={t('console.importHere')}
              help={t('console.importHereHelp')}
              send={file =>
                api.call(importDraft, {
                  params: { productId: detail.id },
                  body: file,
                  idempotencyKey: newIdempotencyKey(),
                })
              }
              onImported={() => {
                setDone('')
                void revalidate()
              }}
            />
          ) : null}
          <CompareVersions detail={detail} compared={chosen} chosen={ids} />
          <ProductHistory {...{ detail, etag, mayWrite }} onDone={finish} />
        </div>
        <aside className={style.side}>
          <ProductCard {...{ detail, etag, mayWrite }} onDone={() => finish('')} />
        </aside>
      </div>
    </>
  )
}
