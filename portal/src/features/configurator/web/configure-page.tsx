import { compile, type Decision, type Model } from '@fettle/engine'
import { useEffect, useMemo, useState } from 'react'
import { type LoaderFunctionArgs, type MetaFunction, type ShouldRevalidateFunctionArgs, useLoaderData } from 'react-router'
import { getModel, getProduct } from '#features/products/core'
import { translate } from '#platform/core'
import { ActionButton, apiContext, languageContext, Notice, originContext, pageMeta, publicPage, useLanguage, useTexts } from '#platform/web'
import { begin, decisionText, decodeDecisions, getConfiguration, reasonOf } from '../core/index.ts'
import { Configurator } from './configurator.tsx'
import style from './configurator.module.css'
import { type Draft, readDraft } from './draft.ts'

/** /configure/{slug}?v={model version}&c={decisions}, or ?from={token of a saved configuration} */
export async function loader({ params, request, context }: LoaderFunctionArgs) {
  const api = context.get(apiContext)
  const search = new URL(request.url).searchParams
  const product = await api.call(getProduct, { params: { slug: params['slug'] ?? '' } })
  const from = search.get('from')
  const [{ model }, saved] = await Promise.all([
    api.call(getModel, { params: { modelVersionId: product.modelVersionId } }),
    from ? api.call(getConfiguration, { params: { token: from } }) : null,
  ])
  const state = search.get('c')
  const linked: Decision[] | null = saved ? saved.decisions : state === null ? [] : decodeDecisions(state)
  return {
    slug: product.slug,
    name: product.name,
    untranslated: product.untranslated,
    modelVersionId: product.modelVersionId,
    modelVersion: product.modelVersion,
    model: model as Model,
    decisions: linked ?? [],
    unreadable: linked === null,
    linkVersion: saved?.modelVersion ?? search.get('v'),
    page: { language: context.get(languageContext), origin: context.get(originContext), path: `/configure/${product.slug}` },
  }
}

/** The address bar follows the configuration; nothing is loaded again for that. */
export const shouldRevalidate = ({ currentUrl, nextUrl, defaultShouldRevalidate }: ShouldRevalidateFunctionArgs) =>
  currentUrl.pathname !== nextUrl.pathname && defaultShouldRevalidate

export const meta: MetaFunction<typeof loader> = ({ loaderData }) => {
  if (!loaderData) return []
  const { name, page } = loaderData
  const product = name[page.language]
  return pageMeta({
    ...page,
    title: translate(page.language, 'configurator:page.title', { product }),
    description: translate(page.language, 'configurator:page.description', { product }),
  })
}

export { publicPage as headers }

export default function ConfigurePage() {
  const data = useLoaderData<typeof loader>()
  const t = useTexts('configurator')
  const language = useLanguage()
  const compiled = useMemo(() => {
    const result = compile(data.model as Model)
    if (!result.ok) throw new Error(`The published model does not compile: ${result.errors[0]?.message.en}`)
    return result.compiled
  }, [data.model])
  const [wished, setWished] = useState<{ decisions: Decision[]; version: string | null }>({ decisions: data.decisions, version: data.linkVersion })
  const [draft, setDraft] = useState<Draft | null>(null)
  useEffect(() => {
    if (data.decisions.length === 0 && !data.unreadable) setDraft(readDraft(data.slug))
  }, [data])
  const { unfit } = useMemo(() => begin(compiled, wished.decisions), [compiled, wished])
  const replaced = wished.version !== null && wished.version !== data.modelVersion

  return (
    <>
      <h1 className="visually-hidden">{t('page.title', { product: data.name[language] })}</h1>
      <div className={style.notices}>
        {data.untranslated ? <Notice>{t('page.untranslated')}</Notice> : null}
        {data.unreadable ? <Notice tone="warn">{t('page.badLink')}</Notice> : null}
        {replaced || unfit.length > 0 ? (
          <Notice tone="warn" title={replaced ? t('page.oldVersion', { old: wished.version ?? '', current: data.modelVersion }) : undefined}>
            {unfit.length > 0 ? (
              <>
                <p>{t('page.unfit')}</p>
                <ul>
                  {unfit.map(({ decision, explanation, error }) => (
                    <li key={JSON.stringify(decision)}>
                      {decisionText(compiled, decision, language)}
                      {`: ${(explanation ? reasonOf(compiled, explanation).sentences[0] : error?.message)?.[language] ?? ''}`}
                    </li>
                  ))}
                </ul>
              </>
            ) : null}
          </Notice>
        ) : null}
        {draft ? (
          <Notice title={t('page.draftTitle')}>
            <div className={style.noticeActions}>
              <ActionButton
                size="small"
                onClick={() => {
                  setWished({ decisions: decodeDecisions(draft.state) ?? [], version: draft.version })
                  setDraft(null)
                }}
              >
                {t('page.draftContinue')}
              </ActionButton>
              <ActionButton size="small" strength="quiet" onClick={() => setDraft(null)}>
                {t('page.draftDismiss')}
              </ActionButton>
            </div>
          </Notice>
        ) : null}
      </div>
      <Configurator
        key={JSON.stringify(wished.decisions)}
        compiled={compiled}
        decisions={wished.decisions}
        slug={data.slug}
        modelVersion={data.modelVersion}
        modelVersionId={data.modelVersionId}
      />
    </>
  )
}
