import { formatDay } from '#platform/core'
import { LocaleLink, useLanguage } from '#platform/web'
import { type ArticleSummary, nothing } from '../core/index.ts'
import style from './blocks.module.css'
import { ShownPicture } from './shown-picture.tsx'

/** News or cases: when, what, in a sentence, and a picture where there is one. */
export function ArticleList({ articles, heading: Heading }: { articles: readonly ArticleSummary[]; heading: 'h2' | 'h3' }) {
  const language = useLanguage()
  return (
    <ul className={style.articles}>
      {articles.map(({ path, title, summary, day, picture }) => (
        <li key={path} className={style.article}>
          {picture ? (
            <ShownPicture
              picture={{ id: picture.hash, alt: nothing }}
              facts={picture}
              sizes="(max-width: 40rem) 92vw, 16rem"
              className={style.thumb}
            />
          ) : null}
          <div className={style.articleWords}>
            {day ? (
              <time className={style.day} dateTime={day}>
                {formatDay(day, language)}
              </time>
            ) : null}
            <Heading>
              <LocaleLink to={path}>{title[language]}</LocaleLink>
            </Heading>
            {summary[language] ? <p>{summary[language]}</p> : null}
          </div>
        </li>
      ))}
    </ul>
  )
}
