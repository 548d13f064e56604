import { type LoaderFunctionArgs, type MetaArgs, useLoaderData } from 'react-router'
import { getManufacturer } from '#features/manufacturer/core'
import { pathIn, translate } from '#platform/core'
import {
  ActionLink,
  apiContext,
  Container,
  LocaleLink,
  languageContext,
  originContext,
  pageMeta,
  useLanguage,
  useTexts,
} from '#platform/web'
import { listProducts } from '../core/index.ts'
import { Facts, factsSaid } from './facts.tsx'
import style from './home-page.module.css'
import { ProductRow } from './product-row.tsx'
import { saysPrices } from './says-prices.ts'
import { organization } from './schema-org.ts'
import { noteOf, Stage } from './stage.tsx'

export { publicPage as headers, stillPage as handle } from '#platform/web'

export async function loader({ context }: LoaderFunctionArgs) {
  const api = context.get(apiContext)
  const language = context.get(languageContext)
  const [maker, { items }] = await Promise.all([api.call(getManufacturer, {}), api.call(listProducts, {})])
  return {
    maker,
    products: items.slice(0, 4),
    language,
    origin: context.get(originContext),
  }
}

type Data = Awaited<ReturnType<typeof loader>>

export function meta({ loaderData }: MetaArgs<typeof loader>) {
  if (!loaderData) return []
  const { maker, products, language, origin } = loaderData
  const priced = saysPrices(products)
  const name = maker.name[language]
  return pageMeta({
    title: translate(language, 'products:home.title', { name }),
    description: maker.about[language] || translate(language, priced ? 'products:home.lead' : 'products:home.leadUnpriced'),
    language,
    origin,
    path: '/',
    brand: name,
    ...(products[0] ? { picture: pathIn(language, `/pictures/${products[0].slug}.png`) } : {}),
    jsonLd: organization(maker, language, origin),
  })
}

/** What a visitor can do here: see the products, configure one, ask for an offer, follow it. */
export default function HomePage() {
  const { maker, products } = useLoaderData<Data>()
  const [first] = products
  const priced = saysPrices(products)
  const t = useTexts('products')
  const language = useLanguage()
  const name = maker.name[language]
  return (
    <Container>
      <section className={style.hero}>
        <div className={style.words}>
          <h1>{t('home.title', { name })}</h1>
          <p className={style.lead}>{t(priced ? 'home.lead' : 'home.leadUnpriced')}</p>
          <div className={style.actions}>
            <ActionLink strength="primary" to={pathIn(language, '/products')}>
              {t('home.toProducts')}
            </ActionLink>
          </div>
        </div>
        {first ? <Stage product={first} block={[first.name[language], t(noteOf(first))]} /> : null}
      </section>
      {products.length > 0 ? (
        <section className={style.section}>
          <div className={style.head}>
            <h2>{t('list.title')}</h2>
            <LocaleLink to="/products">{t('home.all')}</LocaleLink>
          </div>
          {products.map(product => (
            <ProductRow key={product.slug} product={product} heading="h3" />
          ))}
        </section>
      ) : null}
      <section className={style.section}>
        <div className={style.head}>
          <h2>{t('home.here')}</h2>
        </div>
        <ol className={style.steps}>
          {(['configure', 'inquire', 'follow'] as const).map((step, at) => (
            <li key={step}>
              <span className={style.number}>{at + 1}</span>
              <h3>{t(`home.${step}`)}</h3>
              <p>{t(step === 'configure' && !priced ? 'home.configureTextUnpriced' : `home.${step}Text`)}</p>
              {step === 'follow' ? <LocaleLink to="/account">{t('home.toAccount')}</LocaleLink> : null}
            </li>
          ))}
        </ol>
      </section>
      {maker.facts.length > 0 || maker.about[language] ? (
        <section className={`${style.section} ${style.about}`}>
          <h2>{t('home.about', { name })}</h2>
          <p>{maker.about[language]}</p>
          <Facts
            size="large"
            facts={factsSaid(
              maker.facts.map(({ value, unit, label }) => ({
                value,
                label: label[language],
                ...(unit ? { unit: unit[language] } : {}),
              })),
            )}
          />
        </section>
      ) : null}
    </Container>
  )
}
