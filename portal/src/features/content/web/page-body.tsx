import type { ReactNode } from 'react'
import type { ProductSummary } from '#features/products/core'
import { ProductRow } from '#features/products/web'
import type { Language } from '#platform/core'
import { LocaleLink, useLanguage } from '#platform/web'
import type { Block, BlockKind, ShownPage } from '../core/index.ts'
import { ArticleList } from './article-list.tsx'
import style from './blocks.module.css'
import { CallToAction } from './call-to-action.tsx'
import { Certificates } from './certificates.tsx'
import { ShownPicture } from './shown-picture.tsx'
import { StructuredText } from './structured-text.tsx'
import type { PublicWords } from './words.ts'

export interface Surroundings {
  page: ShownPage
  products: readonly ProductSummary[]
  words: PublicWords
  /** of the manufacturer; '' where he gives none */
  email: string
}

/** The blocks of a page, one below the other. */
export function PageBody(around: Surroundings) {
  const language = useLanguage()
  return around.page.document.blocks.map((block, place) => (
    <section className={style.section} key={block.id}>
      {render(block, { ...around, language, first: place === 0 })}
    </section>
  ))
}

function render(block: Block, around: Omit<ViewProps<BlockKind>, 'values'>): ReactNode {
  const Show = views[block.kind] as (props: ViewProps<BlockKind>) => ReactNode
  return <Show values={block.values} {...around} />
}

type ViewProps<Kind extends BlockKind> = Surroundings & {
  values: Extract<Block, { kind: Kind }>['values']
  language: Language
  /** it is in sight when the page opens */
  first: boolean
}

const views: { [Kind in BlockKind]: (props: ViewProps<Kind>) => ReactNode } = {
  text({ language, values }) {
    return (
      <>
        <Heading text={values.heading[language]} />
        <StructuredText text={values.text[language]} />
      </>
    )
  },

  beside({ language, values, page, first }) {
    return (
      <div className={values.side === 'left' ? `${style.beside} ${style.mirrored}` : style.beside}>
        <div>
          <Heading text={values.heading[language]} />
          <StructuredText text={values.text[language]} />
        </div>
        {values.picture ? (
          <ShownPicture
            picture={values.picture}
            facts={page.pictures[values.picture.id]}
            sizes="(max-width: 56rem) 92vw, 38rem"
            first={first}
          />
        ) : null}
      </div>
    )
  },

  picture({ language, values, page, first }) {
    return values.picture ? (
      <figure className={style.figure}>
        <ShownPicture
          picture={values.picture}
          facts={page.pictures[values.picture.id]}
          sizes="(max-width: 80rem) 92vw, 74rem"
          first={first}
        />
        {values.caption[language] ? <figcaption>{values.caption[language]}</figcaption> : null}
      </figure>
    ) : null
  },

  gallery({ language, values, page }) {
    return (
      <>
        <Heading text={values.heading[language]} />
        <ul className={style.gallery}>
          {values.pictures.map(({ picture, caption }, place) =>
            picture ? (
              // biome-ignore lint/suspicious/noArrayIndexKey: the list never changes
              <li key={place}>
                <figure className={style.figure}>
                  <ShownPicture picture={picture} facts={page.pictures[picture.id]} sizes="(max-width: 40rem) 92vw, 24rem" />
                  {caption[language] ? <figcaption>{caption[language]}</figcaption> : null}
                </figure>
              </li>
            ) : null,
          )}
        </ul>
      </>
    )
  },

  figures({ language, values }) {
    return (
      <>
        <Heading text={values.heading[language]} />
        <dl className={style.figures}>
          {values.figures.map(({ value, unit, label }) => (
            <div key={label.en}>
              <dt>{label[language]}</dt>
              <dd>
                {value}
                {unit[language] ? <span className={style.unit}> {unit[language]}</span> : null}
              </dd>
            </div>
          ))}
        </dl>
      </>
    )
  },

  story({ language, values, page, words }) {
    return (
      <div className={values.picture ? style.story : ''}>
        <div className={style.parts}>
          <p className={style.customer}>
            <span>{words.customer}</span> {values.customer[language]}
          </p>
          {(['task', 'solution', 'result'] as const).map(part => (
            <div key={part} className={style.part}>
              <h2>{words[part]}</h2>
              <StructuredText text={values[part][language]} />
            </div>
          ))}
        </div>
        {values.picture ? (
          <ShownPicture
            picture={values.picture}
            facts={page.pictures[values.picture.id]}
            sizes="(max-width: 56rem) 92vw, 32rem"
          />
        ) : null}
      </div>
    )
  },

  certificates({ language, values, page, words }) {
    return (
      <>
        <Heading text={values.heading[language]} />
        <Certificates certificates={values.certificates} pictures={page.pictures} words={words} />
      </>
    )
  },

  questions({ language, values }) {
    return (
      <>
        <Heading text={values.heading[language]} />
        <div className={style.questions}>
          {values.questions.map(({ question, answer }) => (
            <details key={question.en}>
              <summary>{question[language]}</summary>
              <StructuredText text={answer[language]} />
            </details>
          ))}
        </div>
      </>
    )
  },

  products({ language, values, products }) {
    const chosen = values.products.length === 0 ? products : products.filter(({ slug }) => values.products.includes(slug))
    return (
      <>
        <Heading text={values.heading[language]} />
        {chosen.map(product => (
          <ProductRow key={product.slug} product={product} heading="h3" />
        ))}
      </>
    )
  },

  news: ({ values, page, words }) => (
    <Latest heading={values.heading} more={['/news', words.allNews]} articles={page.articles.news} />
  ),

  cases: ({ values, page, words }) => (
    <Latest heading={values.heading} more={['/cases', words.allCases]} articles={page.articles.case} />
  ),

  action: CallToAction,
}

function Heading({ text }: { text: string }) {
  return text ? <h2 className={style.heading}>{text}</h2> : null
}

interface LatestProps {
  heading: { 'zh-CN': string; en: string }
  more: [path: string, words: string]
  articles: ShownPage['articles']['news']
}

function Latest({ heading, more: [path, words], articles }: LatestProps) {
  const language = useLanguage()
  if (articles.length === 0) return null
  return (
    <>
      <div className={style.head}>
        <Heading text={heading[language]} />
        <LocaleLink to={path}>{words}</LocaleLink>
      </div>
      <ArticleList articles={articles} heading="h3" />
    </>
  )
}
