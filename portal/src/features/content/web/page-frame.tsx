import { formatDay, pathIn } from '#platform/core'
import { Breadcrumbs, Container, useLanguage } from '#platform/web'
import { listPaths } from '../core/index.ts'
import style from './blocks.module.css'
import { PageBody, type Surroundings } from './page-body.tsx'

/** A page of the manufacturer, from its title down. */
export function PageFrame(around: Surroundings) {
  const { page, words } = around
  const language = useLanguage()
  const { title, summary, day } = page.document
  const list = page.kind === 'news' || page.kind === 'case' ? page.kind : null
  return (
    <Container>
      {list ? (
        <Breadcrumbs
          crumbs={[
            { title: list === 'news' ? words.news : words.cases, href: pathIn(language, listPaths[list]) },
            { title: title[language] },
          ]}
        />
      ) : null}
      <header className={style.title}>
        {day && page.kind === 'news' ? (
          <time className={style.day} dateTime={day}>
            {formatDay(day, language)}
          </time>
        ) : null}
        <h1>{title[language]}</h1>
        {summary[language] ? <p className={style.lead}>{summary[language]}</p> : null}
      </header>
      <PageBody {...around} />
    </Container>
  )
}
