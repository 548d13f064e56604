import { data, type LoaderFunctionArgs, type MetaArgs, useLoaderData } from 'react-router'
import { getManufacturer } from '#features/manufacturer/core'
import { breadcrumbs, organization } from '#features/products/web'
import { barePath, pathIn } from '#platform/core'
import {
  apiContext,
  Container,
  LocaleLink,
  languageContext,
  originContext,
  PageHeader,
  pageMeta,
  useLanguage,
} from '#platform/web'
import { type ArticleKind, listArticles, listPaths } from '../core/index.ts'
import { ArticleList } from './article-list.tsx'
import style from './blocks.module.css'
import { publicWords } from './words.ts'

export { publicPage as headers, stillPage as handle } from '#platform/web'

const perPage = 12

const pagePath = (kind: ArticleKind, page: number) => (page === 1 ? listPaths[kind] : `${listPaths[kind]}?page=${page}`)

/** /news and /cases; not found while there are none, so that a list of old addresses may lead on from there. */
export async function loader({ context, request }: LoaderFunctionArgs) {
  const calls = context.get(apiContext)
  const language = context.get(languageContext)
  const url = new URL(request.url)
  const kind = barePath(url.pathname.replace(/\.data$/, '')).startsWith('/news') ? 'news' : 'case'
  const asked = Number(url.searchParams.get('page') ?? 1)
  const page = Number.isInteger(asked) && asked >= 1 && asked <= 1000 ? asked : 1
  const [maker, { items, total }] = await Promise.all([
    calls.call(getManufacturer, {}),
    calls.call(listArticles, { params: { kind }, query: { page, limit: perPage } }),
  ])
  if (items.length === 0) throw data(null, { status: 404 })
  return { maker, kind, items, total, page, words: publicWords(language), language, origin: context.get(originContext) } as const
}

export function meta({ loaderData }: MetaArgs<typeof loader>) {
  if (!loaderData) return []
  const { maker, kind, words, page, language, origin } = loaderData
  const brand = maker.name[language]
  const path = listPaths[kind]
  const title = kind === 'news' ? words.news : words.cases
  return [
    ...pageMeta({
      title,
      description: kind === 'news' ? words.newsLead : words.casesLead,
      language,
      origin,
      path: pagePath(kind, page),
      brand,
      jsonLd: [
        organization(maker, language, origin),
        breadcrumbs(
          [
            { title: brand, path: '/' },
            { title, path },
          ],
          language,
          origin,
        ),
      ],
    }),
    ...(kind === 'news'
      ? [
          {
            tagName: 'link' as const,
            rel: 'alternate',
            type: 'application/atom+xml',
            title,
            href: pathIn(language, `${path}/feed.xml`),
          },
        ]
      : []),
  ]
}

export default function ArticleListPage() {
  const { kind, items, total, page, words } = useLoaderData<typeof loader>()
  const language = useLanguage()
  const path = listPaths[kind]
  const last = Math.ceil(total / perPage)
  return (
    <Container>
      <PageHeader
        title={kind === 'news' ? words.news : words.cases}
        actions={kind === 'news' ? <a href={pathIn(language, `${path}/feed.xml`)}>{words.feed}</a> : null}
      >
        {kind === 'news' ? words.newsLead : words.casesLead}
      </PageHeader>
      <ArticleList articles={items} heading="h2" />
      {last > 1 ? (
        <nav className={style.turn} aria-label={words.pages}>
          {page > 1 ? (
            <LocaleLink to={pagePath(kind, page - 1)} rel="prev">
              {words.newer}
            </LocaleLink>
          ) : null}
          {page < last ? (
            <LocaleLink to={pagePath(kind, page + 1)} rel="next">
              {words.older}
            </LocaleLink>
          ) : null}
        </nav>
      ) : null}
    </Container>
  )
}
