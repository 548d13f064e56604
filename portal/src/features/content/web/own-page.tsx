import { type LoaderFunctionArgs, type MetaArgs, useLoaderData } from 'react-router'
import { barePath } from '#platform/core'
import { apiContext, languageContext, originContext } from '#platform/web'
import { showPage } from '../core/index.ts'
import { PageFrame } from './page-frame.tsx'
import { pageHead } from './page-head.ts'
import { readSurroundings } from './read-surroundings.ts'

export { publicPage as headers, stillPage as handle } from '#platform/web'

/** /{slug}, /news/{slug} and /cases/{slug}: a page of the manufacturer. */
export async function loader({ context, params, request }: LoaderFunctionArgs) {
  const calls = context.get(apiContext)
  const [first] = barePath(new URL(request.url).pathname.replace(/\.data$/, ''))
    .slice(1)
    .split('/')
  const listed = first === 'news' || first === 'cases'
  const kind = !listed ? 'page' : first === 'news' ? 'news' : 'case'
  const page = await calls.call(showPage, { params: { kind, slug: params.slug ?? '' } })
  return readSurroundings(calls, page, context.get(languageContext), context.get(originContext))
}

export const meta = ({ loaderData }: MetaArgs<typeof loader>) => (loaderData ? pageHead(loaderData) : [])

export default function OwnPage() {
  return <PageFrame {...useLoaderData<typeof loader>()} />
}
