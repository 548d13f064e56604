import { compile, type Decision, type Model } from '@fettle/engine'
import { useEffect, useMemo, useState } from 'react'
import {
  type LoaderFunctionArgs,
  type MetaFunction,
  type ShouldRevalidateFunctionArgs,
  useLoaderData,
  useRouteError,
} from 'react-router'
import { getModel, getProduct } from '#features/products/core'
import { pathIn, translate } from '#platform/core'
import {
  ActionLink,
  apiContext,
  Container,
  EmptyState,
  languageContext,
  originContext,
  pageMeta,
  problemOf,
  publicPage,
  useLanguage,
  useTexts,
} from '#platform/web'
import { begin, decodeDecisions, getConfiguration } from '../core/index.ts'
import { Configurator } from './configurator.tsx'
import { type Draft, readDraft } from './draft.ts'

/** /configure/{slug}?v={model version}&c={decisions}, or ?from={token of a saved configuration}; &s={step} */
export async function loader({ params, request, context }: LoaderFunctionArgs) {
  const api = context.get(apiContext)
  const search = new URL(request.url).searchParams
  const product = await api.call(getProduct, { params: { slug: params['slug'] ?? '' } })
  const from = search.get('from')
  const [{ model }, saved] = await Promise.all([
    api.call(getModel, { params: { modelVersionId: product.modelVersionId } }),
    // A link whose configuration is gone, or was of another product, says so and starts from standard.
    from ? api.call(getConfiguration, { params: { token: from } }).catch(() => null) : null,
  ])
  const state = search.get('c')
  const linked = from
    ? saved?.productSlug === product.slug
      ? saved.decisions
      : null
    : state === null
      ? []
      : decodeDecisions(state)
  return {
    slug: product.slug,
    name: product.name,
    modelVersionId: product.modelVersionId,
    modelVersion: product.modelVersion,
    model: model as Model,
    decisions: linked ?? [],
    unreadable: linked === null,
    linkVersion: saved?.modelVersion ?? search.get('v'),
    step: search.get('s'),
    page: {
      language: context.get(languageContext),
      origin: context.get(originContext),
      path: `/configure/${product.slug}`,
    },
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

/** A link to a product that was withdrawn says so, with the way on; any other failure is the layout's. */
export function ErrorBoundary() {
  const error = useRouteError()
  const t = useTexts('configurator')
  const language = useLanguage()
  const problem = problemOf(error)
  if (problem?.type !== '/problems/product-withdrawn') throw error
  return (
    <Container width="narrow">
      <EmptyState
        title={t('page.withdrawnTitle')}
        action={<ActionLink to={pathIn(language, '/products')}>{t('page.otherProducts')}</ActionLink>}
      >
        {problem.remedy}
      </EmptyState>
    </Container>
  )
}

export default function ConfigurePage() {
  const data = useLoaderData<typeof loader>()
  const t = useTexts('configurator')
  const language = useLanguage()
  const compiled = useMemo(() => {
    const result = compile(data.model as Model)
    if (!result.ok) throw new Error(`The published model does not compile: ${result.errors[0]?.message.en}`)
    return result.compiled
  }, [data.model])
  const [wished, setWished] = useState<{ decisions: readonly Decision[]; version: string | null }>({
    decisions: data.decisions as Decision[],
    version: data.linkVersion,
  })
  const [draft, setDraft] = useState<Draft | null>(null)
  useEffect(() => {
    const kept = readDraft(data.slug)
    if (!kept) return
    const decisions = decodeDecisions(kept.state)
    // The page was left before a configuration too long for its address could be saved: it goes on where it was.
    if (kept.ahead !== undefined && kept.ahead === location.search && decisions) setWished({ decisions, version: kept.version })
    else if (data.decisions.length === 0 && !data.unreadable) setDraft(kept)
  }, [data])
  const start = useMemo(() => begin(compiled, wished.decisions), [compiled, wished])
  const oldVersion = wished.version !== null && wished.version !== data.modelVersion ? wished.version : null
  const told = data.unreadable || oldVersion !== null || start.unfit.length > 0

  return (
    <>
      <h1 className="visually-hidden">{t('page.title', { product: data.name[language] })}</h1>
      <Configurator
        key={wished.decisions === data.decisions ? 'link' : 'draft'}
        subject={{ compiled, slug: data.slug, modelVersion: data.modelVersion, modelVersionId: data.modelVersionId }}
        start={start.configuring}
        step={data.step}
        inAddress={wished.decisions === data.decisions}
        arrival={told ? { unreadable: data.unreadable, oldVersion, currentVersion: data.modelVersion, unfit: start.unfit } : null}
        onContinueDraft={
          draft ? () => setWished({ decisions: decodeDecisions(draft.state) ?? [], version: draft.version }) : undefined
        }
      />
    </>
  )
}
