import { useEffect, useState } from 'react'
import {
  type LoaderFunctionArgs,
  type MetaFunction,
  type ShouldRevalidateFunctionArgs,
  useLoaderData,
  useRouteError,
} from 'react-router'
import { useConfiguratorFacts } from '#features/figures/web'
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
import { decodeDecisions, type Opening, openConfigurator } from '../core/index.ts'
import { Configurator } from './configurator.tsx'
import { type Draft, readDraft } from './draft.ts'
import { useConfigurator } from './use-configurator.ts'

/** /configure/{slug}?v={model version}&c={decisions}, or ?from={token of a saved configuration}; &s={step}; &lead={id}: for its customer */
export async function loader({ params, request, context }: LoaderFunctionArgs) {
  const search = new URL(request.url).searchParams
  const part = (name: string) => search.get(name) ?? undefined
  const opening = await context.get(apiContext).call(openConfigurator, {
    params: { slug: params.slug ?? '' },
    query: { c: part('c'), from: part('from'), s: part('s'), v: part('v') },
  })
  return {
    opening,
    linkVersion: opening.linkVersion ?? search.get('v'),
    step: search.get('s'),
    leadId: search.get('lead'),
    page: {
      language: context.get(languageContext),
      origin: context.get(originContext),
      path: `/configure/${opening.slug}`,
    },
  }
}

/** The address bar follows the configuration; nothing is loaded again for that. */
export const shouldRevalidate = ({ currentUrl, nextUrl, defaultShouldRevalidate }: ShouldRevalidateFunctionArgs) =>
  currentUrl.pathname !== nextUrl.pathname && defaultShouldRevalidate

export const meta: MetaFunction<typeof loader> = ({ loaderData }) => {
  if (!loaderData) return []
  const { opening, page } = loaderData
  const product = opening.name[page.language]
  return pageMeta({
    ...page,
    title: translate(page.language, 'configurator:page.title', { product }),
    description: translate(page.language, 'configurator:page.description', { product }),
    picture: pathIn(page.language, `/pictures/${opening.slug}.png`),
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
  return <Product key={data.opening.slug} {...data} opening={data.opening as Opening} />
}

function Product(data: { opening: Opening; linkVersion: string | null; step: string | null; leadId: string | null }) {
  const { opening } = data
  const t = useTexts('configurator')
  const language = useLanguage()
  const { client, shown } = useConfigurator(opening)
  useConfiguratorFacts(opening.slug, shown.moment > 0)
  const [version, setVersion] = useState(data.linkVersion)
  const [draft, setDraft] = useState<Draft | null>(null)
  const goOn = ({ state, version }: Draft) => {
    client.begin(decodeDecisions(state) ?? [])
    setVersion(version)
    setDraft(null)
  }
  // biome-ignore lint/correctness/useExhaustiveDependencies: looked at once, when the page has come
  useEffect(() => {
    const kept = readDraft(opening.slug)
    if (!kept) return
    // The page was left before a configuration too long for its address could be saved: it goes on where it was.
    if (kept.ahead !== undefined && kept.ahead === location.search && decodeDecisions(kept.state)) goOn(kept)
    else if (opening.wished.length === 0 && !opening.unreadable) setDraft(kept)
  }, [])
  const oldVersion = version !== null && version !== opening.modelVersion ? version : null
  const told = opening.unreadable || oldVersion !== null || shown.misfits.length > 0
  return (
    <>
      <h1 className="visually-hidden">{t('page.title', { product: opening.name[language] })}</h1>
      <Configurator
        subject={opening}
        {...{ client, shown }}
        step={data.step}
        leadId={data.leadId}
        arrival={
          told
            ? {
                unreadable: opening.unreadable,
                oldVersion,
                currentVersion: opening.modelVersion,
                misfits: shown.misfits,
                nearest: shown.nearest,
              }
            : null
        }
        onContinueDraft={draft ? () => goOn(draft) : undefined}
      />
    </>
  )
}
