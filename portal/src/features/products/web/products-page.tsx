import { type LoaderFunctionArgs, type MetaArgs, useLoaderData } from 'react-router'
import { getManufacturer } from '#features/manufacturer/core'
import { pathIn, translate } from '#platform/core'
import { apiContext, Container, EmptyState, languageContext, originContext, PageHeader, pageMeta, useTexts } from '#platform/web'
import { listProducts } from '../core/index.ts'
import { ProductRow } from './product-row.tsx'
import { saysPrices } from './says-prices.ts'
import { breadcrumbs } from './schema-org.ts'

export { publicPage as headers, stillPage as handle } from '#platform/web'

export async function loader({ context }: LoaderFunctionArgs) {
  const api = context.get(apiContext)
  const language = context.get(languageContext)
  const [maker, { items }] = await Promise.all([api.call(getManufacturer, {}), api.call(listProducts, {})])
  return {
    brand: maker.name,
    products: items,
    language,
    origin: context.get(originContext),
  }
}

type Data = Awaited<ReturnType<typeof loader>>

export function meta({ loaderData }: MetaArgs<typeof loader>) {
  if (!loaderData) return []
  const { brand, products, language, origin } = loaderData
  const title = translate(language, 'products:list.title')
  return pageMeta({
    title,
    description: translate(language, saysPrices(products) ? 'products:list.lead' : 'products:list.leadUnpriced'),
    language,
    origin,
    path: '/products',
    brand: brand[language],
    ...(products[0] ? { picture: pathIn(language, `/pictures/${products[0].slug}.png`) } : {}),
    jsonLd: breadcrumbs(
      [
        { title: brand[language], path: '/' },
        { title, path: '/products' },
      ],
      language,
      origin,
    ),
  })
}

export default function ProductsPage() {
  const { products } = useLoaderData<Data>()
  const t = useTexts('products')
  return (
    <Container>
      <PageHeader title={t('list.title')}>{t(saysPrices(products) ? 'list.lead' : 'list.leadUnpriced')}</PageHeader>
      {products.length === 0 ? <EmptyState title={t('list.empty')}>{t('list.emptyText')}</EmptyState> : null}
      {products.map(product => (
        <ProductRow key={product.slug} product={product} />
      ))}
    </Container>
  )
}
