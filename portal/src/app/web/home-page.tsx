import { type LoaderFunctionArgs, type MetaArgs, useLoaderData } from 'react-router'
import { showHome } from '#features/content/core'
import { PageFrame, pageHead, readSurroundings } from '#features/content/web'
import { apiContext, languageContext, originContext } from '#platform/web'
import UsualHome, { loader as loadUsual, meta as usualMeta } from '../../features/products/web/home-page.tsx'

export { publicPage as headers, stillPage as handle } from '#platform/web'

/** /: the manufacturer's own home page, or the portal's as long as he has published none. */
export async function loader(given: LoaderFunctionArgs) {
  const { context } = given
  const calls = context.get(apiContext)
  const { page } = await calls.call(showHome, {})
  if (!page) return { ...(await loadUsual(given)), own: null }
  return { own: await readSurroundings(calls, page, context.get(languageContext), context.get(originContext)) }
}

export function meta(given: MetaArgs<typeof loader>) {
  const { loaderData } = given
  if (!loaderData) return []
  return loaderData.own ? pageHead(loaderData.own) : usualMeta(given as unknown as Parameters<typeof usualMeta>[0])
}

export default function HomePage() {
  const { own } = useLoaderData<typeof loader>()
  return own ? <PageFrame {...own} /> : <UsualHome />
}
