import { Fragment } from 'react'
import type { OfferedDocument } from '#features/documents/core'
import { ProductDocuments } from '#features/documents/web'
import { pathIn } from '#platform/core'
import { ActionLink, Money, useLanguage, useTexts } from '#platform/web'
import type { ProductSummary } from '../core/index.ts'
import { PriceWithheld } from './price-withheld.tsx'
import style from './product-page.module.css'
import type { PageText } from './read-page.ts'
import { SpecValueText } from './spec-value.tsx'

export function Uses({ uses }: { uses: PageText['uses'] }) {
  const t = useTexts('products')
  if (uses.length === 0) return null
  return (
    <section className={style.section} id="uses">
      <h2>{t('product.uses')}</h2>
      <ul className={style.uses}>
        {uses.map(use => (
          <li key={use.title}>
            <h3>{use.title}</h3>
            <p>{use.text}</p>
          </li>
        ))}
      </ul>
    </section>
  )
}

export function Starts({ starts, product }: { starts: PageText['starts']; product: ProductSummary }) {
  const { slug, prices } = product
  const t = useTexts('products')
  const language = useLanguage()
  if (starts.length === 0) return null
  return (
    <section className={style.section} id="starts">
      <h2>{t('product.starts')}</h2>
      <p>{t('product.startsText')}</p>
      <div className={style.starts}>
        {starts.map(start => (
          <article className={style.start} key={start.id}>
            <h3>{start.name}</h3>
            <p>{start.text}</p>
            <p className={style.amount}>
              {start.price ? (
                <Fragment>
                  <Money amount={start.price.net} currency={start.price.currency} />{' '}
                  <span className={style.terms}>{t('product.net')}</span>
                </Fragment>
              ) : (
                <PriceWithheld prices={prices} />
              )}
            </p>
            <ActionLink
              to={pathIn(language, `/configure/${slug}?c=${start.state}`)}
              aria-label={`${t('product.startHere')} ${start.name}`}
            >
              {t('product.startHere')}
            </ActionLink>
          </article>
        ))}
      </div>
    </section>
  )
}

export function TechnicalData({ spec, version }: { spec: ProductSummary['headline']; version: string }) {
  const t = useTexts('products')
  const language = useLanguage()
  if (spec.length === 0) return null
  return (
    <section className={style.section} id="data">
      <h2>{t('product.data')}</h2>
      <p>{t('product.dataText')}</p>
      <dl className={style.data}>
        {spec.map(field => (
          <div className={style.line} key={field.id}>
            <dt>{field.name[language]}</dt>
            <dd>
              <SpecValueText field={field} language={language} />
            </dd>
          </div>
        ))}
      </dl>
      <p className={style.version}>{t('product.version', { version })}</p>
    </section>
  )
}

interface DocumentsProps {
  /** what the page says is handed over with an offer */
  documents: PageText['documents']
  /** what this reader may have at once, or after signing in */
  files: readonly OfferedDocument[]
  slug: string
}

export function Documents({ documents, files, slug }: DocumentsProps) {
  const t = useTexts('products')
  if (documents.length + files.length === 0) return null
  return (
    <section className={style.section} id="documents">
      <h2>{t('product.documents')}</h2>
      <ProductDocuments documents={files} slug={slug} />
      {documents.length > 0 ? (
        <ul className={style.documents}>
          {documents.map(document => (
            <li key={document.title}>
              {document.href ? <a href={document.href}>{document.title}</a> : <span>{document.title}</span>}
              <span className={style.kind}>{document.kind}</span>
            </li>
          ))}
        </ul>
      ) : null}
    </section>
  )
}

export function Questions({ questions }: { questions: PageText['questions'] }) {
  const t = useTexts('products')
  if (questions.length === 0) return null
  return (
    <section className={`${style.section} ${style.questions}`} id="questions">
      <h2>{t('product.questions')}</h2>
      {questions.map(({ question, answer }) => (
        <details key={question}>
          <summary>{question}</summary>
          <p>{answer}</p>
        </details>
      ))}
    </section>
  )
}
