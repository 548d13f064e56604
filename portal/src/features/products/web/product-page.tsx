import { type LoaderFunctionArgs, type MetaArgs, useLoaderData } from 'react-router'
import { listDocuments } from '#features/documents/core'
import { getManufacturer } from '#features/manufacturer/core'
import { pathIn, translate } from '#platform/core'
import {
  ActionLink,
  apiContext,
  Breadcrumbs,
  Container,
  LocaleLink,
  languageContext,
  Money,
  Notice,
  originContext,
  pageMeta,
  useLanguage,
  useTexts,
} from '#platform/web'
import { getModel, getProduct, type ProductSummary } from '../core/index.ts'
import { Facts, factsSaid } from './facts.tsx'
import { PriceFrom } from './price-from.tsx'
import { PriceWithheld } from './price-withheld.tsx'
import style from './product-page.module.css'
import { Documents, Questions, Starts, TechnicalData, Uses } from './product-sections.tsx'
import { readPage } from './read-page.ts'
import { breadcrumbs, organization, productOffer, questionPage } from './schema-org.ts'
import { factsOf } from './spec-value.tsx'
import { noteOf, Stage } from './stage.tsx'

export { publicPage as headers, stillPage as handle } from '#platform/web'

export async function loader({ context, params }: LoaderFunctionArgs) {
  const api = context.get(apiContext)
  const language = context.get(languageContext)
  const slug = params.slug ?? ''
  const [maker, product, { items: files }] = await Promise.all([
    api.call(getManufacturer, {}),
    api.call(getProduct, { params: { slug } }),
    api.call(listDocuments, { query: { product: slug, limit: 20 } }),
  ])
  const page = await readPage(
    product,
    language,
    async () => (await api.call(getModel, { params: { modelVersionId: product.modelVersionId } })).model,
  )
  const { page: _, ...shown } = product
  return { maker, product: shown, page, files, language, origin: context.get(originContext) }
}

type Data = Awaited<ReturnType<typeof loader>>

export function meta({ loaderData }: MetaArgs<typeof loader>) {
  if (!loaderData) return []
  const { maker, product, page, language, origin } = loaderData
  const brand = maker.name[language]
  const path = `/products/${product.slug}`
  const trail = [
    { title: brand, path: '/' },
    { title: translate(language, 'products:list.title'), path: '/products' },
    { title: product.name[language], path },
  ]
  return pageMeta({
    title: product.name[language],
    description: product.description?.[language] ?? translate(language, 'products:list.lead'),
    kind: 'product',
    picture: pathIn(language, `/pictures/${product.slug}.png`),
    language,
    origin,
    path,
    brand,
    jsonLd: [
      productOffer(product, brand, language, origin),
      organization(maker, language, origin),
      breadcrumbs(trail, language, origin),
      ...questionPage(page.questions),
    ],
  })
}

/** One product: what it looks like, what it does in numbers, what it costs, and the way to configure it. */
export default function ProductPage() {
  const { product, page, files } = useLoaderData<Data>()
  const t = useTexts('products')
  const language = useLanguage()
  const name = product.name[language]
  const sections = [
    { id: 'uses', title: t('product.uses'), shown: page.uses.length > 0 },
    { id: 'starts', title: t('product.starts'), shown: page.starts.length > 0 },
    { id: 'data', title: t('product.data'), shown: product.spec.length > 0 },
    { id: 'documents', title: t('product.documents'), shown: page.documents.length + files.length > 0 },
    { id: 'questions', title: t('product.questions'), shown: page.questions.length > 0 },
  ].filter(section => section.shown)
  return (
    <div className={style.page}>
      <Container>
        <Breadcrumbs crumbs={[{ title: t('list.title'), href: pathIn(language, '/products') }, { title: name }]} />
        <section className={style.hero}>
          <div className={style.words}>
            <h1>{name}</h1>
            {page.lead || product.description ? (
              <p className={style.lead}>{page.lead ?? product.description?.[language]}</p>
            ) : null}
            <Facts facts={page.facts.length > 0 ? factsSaid(page.facts) : factsOf(product.headline.slice(0, 3), language)} />
            <PriceFrom product={product} />
            <p>
              <LocaleLink to={`/configure/${product.slug}#call-back`}>{t('product.callBack')}</LocaleLink>
            </p>
            {product.untranslated ? <Notice>{t('product.untranslated')}</Notice> : null}
          </div>
          <Stage product={product} block={[name, t(noteOf(product))]} />
        </section>
      </Container>
      <ActionBar product={product} sections={sections} />
      <Container>
        <Uses uses={page.uses} />
        <Starts starts={page.starts} product={product} />
        <TechnicalData spec={product.spec} version={product.modelVersion} />
        <Documents documents={page.documents} files={files} slug={product.slug} />
        <Questions questions={page.questions} />
      </Container>
    </div>
  )
}

/** Stays in sight: the price and the one thing to do. On a phone at the foot of the screen. */
function ActionBar({ product, sections }: { product: ProductSummary; sections: { id: string; title: string }[] }) {
  const t = useTexts('products')
  const language = useLanguage()
  return (
    <div className={style.bar}>
      <Container>
        <div className={style.barRow}>
          <nav className={style.anchors} aria-label={t('product.onThisPage')}>
            {sections.map(({ id, title }) => (
              <a href={`#${id}`} key={id}>
                {title}
              </a>
            ))}
          </nav>
          <p className={style.barPrice}>
            <strong>
              {product.startingPrice ? (
                <Money amount={product.startingPrice.net} currency={product.startingPrice.currency} />
              ) : (
                <PriceWithheld prices={product.prices} />
              )}
            </strong>
            {product.startingPrice ? <span>{t('product.net')}</span> : null}
          </p>
          <ActionLink strength="primary" to={pathIn(language, `/configure/${product.slug}`)}>
            {t('product.configure')}
          </ActionLink>
        </div>
      </Container>
    </div>
  )
}
