import { type LoaderFunctionArgs, type MetaArgs, useLoaderData } from 'react-router'
import { translate } from '#platform/core'
import { apiContext, Container, LocaleLink, languageContext, originContext } from '#platform/web'
import { previewPage } from '../core/index.ts'
import style from './blocks.module.css'
import { PageFrame } from './page-frame.tsx'
import { pageHead } from './page-head.ts'
import { readSurroundings } from './read-surroundings.ts'

export { stillPage as handle } from '#platform/web'

/** /preview/pages/{id}: a draft exactly as visitors would see it, for staff. */
export async function loader({ context, params }: LoaderFunctionArgs) {
  const calls = context.get(apiContext)
  const language = context.get(languageContext)
  const pageId = params.pageId ?? ''
  const page = await calls.call(previewPage, { params: { pageId } })
  const around = await readSurroundings(calls, page, language, context.get(originContext))
  const said = (name: string) => translate(language, `content:console.preview.${name}`)
  return { around, pageId, bar: said('bar'), back: said('back') }
}

export const meta = ({ loaderData }: MetaArgs<typeof loader>) => (loaderData ? pageHead(loaderData.around, true) : [])

export default function PreviewPage() {
  const { around, pageId, bar, back } = useLoaderData<typeof loader>()
  return (
    <>
      <aside className={style.preview} aria-label={bar}>
        <Container>
          {bar} · <LocaleLink to={`/console/pages/${pageId}`}>{back}</LocaleLink>
        </Container>
      </aside>
      <PageFrame {...around} />
    </>
  )
}
