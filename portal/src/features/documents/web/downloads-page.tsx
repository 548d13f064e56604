import { type LoaderFunctionArgs, type MetaArgs, useLoaderData } from 'react-router'
import { getManufacturer } from '#features/manufacturer/core'
import { listProducts } from '#features/products/core'
import { type Language, pathIn, translate } from '#platform/core'
import {
  ActionButton,
  ActionLink,
  apiContext,
  Container,
  EmptyState,
  languageContext,
  originContext,
  PageHeader,
  pageMeta,
  useLanguage,
  useTexts,
} from '#platform/web'
import { type DocumentKind, type DocumentLanguage, documentKinds, documentLanguages, listDocuments } from '../core/index.ts'
import { DocumentList } from './document-list.tsx'
import style from './documents.module.css'

export { publicPage as headers, stillPage as handle } from '#platform/web'

const perPage = 30

/** /downloads: what this reader may have, and what he may after signing in. Works without scripts. */
export async function loader({ context, request }: LoaderFunctionArgs) {
  const api = context.get(apiContext)
  const wish = wishOf(new URL(request.url).searchParams)
  const [maker, { items: products }, page] = await Promise.all([
    api.call(getManufacturer, {}),
    api.call(listProducts, {}),
    api.call(listDocuments, { query: { ...wish, limit: perPage } }),
  ])
  return {
    ...{ wish, page, brand: maker.name },
    products: products.map(({ slug, name }) => ({ slug, name })),
    language: context.get(languageContext),
    origin: context.get(originContext),
  }
}

type Data = Awaited<ReturnType<typeof loader>>

export function meta({ loaderData }: MetaArgs<typeof loader>) {
  if (!loaderData) return []
  const { brand, language, origin, wish } = loaderData
  return pageMeta({
    title: translate(language, 'documents:title'),
    description: translate(language, 'documents:lead'),
    ...{ language, origin, path: '/downloads', brand: brand[language] },
    hidden: Object.values(wish).some(Boolean), // one page for search engines, not one for each filter
  })
}

export default function DownloadsPage() {
  const { wish, page } = useLoaderData<Data>()
  const t = useTexts('documents')
  const language = useLanguage()
  const filtered = Object.values(wish).some(Boolean)
  return (
    <Container>
      <PageHeader title={t('title')}>{t('lead')}</PageHeader>
      {page.items.length > 0 || filtered ? <Find /> : null}
      {page.items.length === 0 ? (
        filtered ? (
          <EmptyState title={t('noneFound')}>{t('noneFoundHelp')}</EmptyState>
        ) : (
          <EmptyState title={t('none')}>{t('noneHelp')}</EmptyState>
        )
      ) : null}
      <DocumentList documents={page.items} products />
      {page.nextCursor ? (
        <p className={style.more}>
          <ActionLink reloadDocument to={address(language, { ...wish, cursor: page.nextCursor })}>
            {t('next')}
          </ActionLink>
        </p>
      ) : null}
    </Container>
  )
}

/** Search and filters as a form of their own: the address says what is shown. */
function Find() {
  const { wish, products } = useLoaderData<Data>()
  const t = useTexts('documents')
  const language = useLanguage()
  const choice = (name: 'product' | 'kind' | 'language', label: string, options: readonly (readonly [string, string])[]) => (
    <label>
      {label}
      <select name={name} defaultValue={wish[name] ?? ''} key={wish[name]}>
        <option value="">{t('all')}</option>
        {options.map(([value, title]) => (
          <option value={value} key={value}>
            {title}
          </option>
        ))}
      </select>
    </label>
  )
  return (
    <search>
      <form className={style.find} method="get" action={pathIn(language, '/downloads')}>
        <label className={style.grow}>
          {t('search')}
          <input type="search" name="q" defaultValue={wish.q ?? ''} maxLength={200} />
        </label>
        {choice(
          'product',
          t('product'),
          products.map(({ slug, name }) => [slug, name[language]] as const),
        )}
        {choice(
          'kind',
          t('kindLabel'),
          documentKinds.map(kind => [kind, t(`kind.${kind}`)] as const),
        )}
        {choice(
          'language',
          t('languageLabel'),
          documentLanguages.map(one => [one, t(`language.${one}`)] as const),
        )}
        <ActionButton type="submit">{t('find')}</ActionButton>
        {Object.values(wish).some(Boolean) ? (
          <ActionLink strength="quiet" reloadDocument to={pathIn(language, '/downloads')}>
            {t('clear')}
          </ActionLink>
        ) : null}
      </form>
    </search>
  )
}

interface Wish {
  q?: string | undefined
  product?: string | undefined
  kind?: DocumentKind | undefined
  language?: DocumentLanguage | undefined
  cursor?: string | undefined
}

/** What is none of the words there are is not asked for: an old link shows everything rather than an error. */
function wishOf(search: URLSearchParams): Wish {
  const known = <Word extends string>(name: string, words: readonly Word[]) => words.find(word => word === search.get(name))
  return {
    q: search.get('q')?.trim().slice(0, 200) || undefined,
    product: search.get('product')?.slice(0, 80) || undefined,
    kind: known('kind', documentKinds),
    language: known('language', documentLanguages),
    cursor: search.get('cursor')?.slice(0, 500) || undefined,
  }
}

function address(language: Language, wish: Wish): string {
  const search = new URLSearchParams(Object.entries(wish).filter((pair): pair is [string, string] => Boolean(pair[1])))
  return `${pathIn(language, '/downloads')}?${search}`
}
