import { type LoaderFunctionArgs, type MetaFunction, useLoaderData } from 'react-router'
import { translate } from '#platform/core'
import { Container, languageContext, originContext, PageHeader, pageMeta, useTexts } from '#platform/web'
import style from './explorer.module.css'
import { Explorer } from './explorer.tsx'

/** /explorer: a file of a model, opened and clicked through in the browser. */
export function loader({ context }: LoaderFunctionArgs) {
  return { language: context.get(languageContext), origin: context.get(originContext) }
}

export const meta: MetaFunction<typeof loader> = ({ loaderData }) =>
  loaderData
    ? pageMeta({
        ...loaderData,
        path: '/explorer',
        title: translate(loaderData.language, 'explorer:page.title'),
        description: translate(loaderData.language, 'explorer:page.lead'),
      })
    : []

export { publicPage as headers } from '#platform/web'

export default function ExplorerPage() {
  useLoaderData<typeof loader>()
  const t = useTexts('explorer')
  return (
    <Container>
      <PageHeader title={t('page.title')} actions={<a href="/api/docs">{t('page.back')}</a>}>
        {t('page.lead')}
      </PageHeader>
      <Explorer />
      <p className={style.private}>{t('page.private', { engine: '@fettle/engine' })}</p>
    </Container>
  )
}
