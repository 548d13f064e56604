import type { MetaDescriptor } from 'react-router'
import { breadcrumbs, organization, questionPage } from '#features/products/web'
import { pageMeta } from '#platform/web'
import { listPaths, plainText } from '../core/index.ts'
import type { PageData } from './read-surroundings.ts'
import { pictureSource } from './shown-picture.tsx'

/** What a page of the manufacturer says of itself to search engines and where it is shared. hidden: it is a preview */
export function pageHead({ page, maker, words, language, origin }: PageData, hidden = false): MetaDescriptor[] {
  const { title, summary, picture, day, blocks } = page.document
  const brand = maker.name[language]
  const facts = picture ? page.pictures[picture.id] : undefined
  const image = facts ? pictureSource(facts.hash, facts.widths.at(-1)!) : undefined
  const list = page.kind === 'news' || page.kind === 'case' ? page.kind : null
  const trail = [
    { title: brand, path: '/' },
    ...(list ? [{ title: list === 'news' ? words.news : words.cases, path: listPaths[list] }] : []),
    { title: title[language], path: page.path },
  ]
  const questions = blocks.flatMap(block => (block.kind === 'questions' ? block.values.questions : []))
  return pageMeta({
    title: title[language],
    description: summary[language] || title[language],
    language,
    origin,
    path: page.path,
    brand,
    hidden,
    kind: list ? 'article' : 'website',
    ...(image && facts ? { picture: image, pictureSize: facts } : {}),
    jsonLd: [
      organization(maker, language, origin),
      ...(page.kind === 'home' ? [] : [breadcrumbs(trail, language, origin)]),
      ...(list
        ? [
            {
              '@type': list === 'news' ? 'NewsArticle' : 'Article',
              headline: title[language],
              ...(summary[language] ? { description: summary[language] } : {}),
              ...(image ? { image: `${origin}${image}` } : {}),
              datePublished: day || page.firstShownAt,
              dateModified: page.changedAt,
              inLanguage: language,
              author: { '@id': `${origin}/#organization` },
              publisher: { '@id': `${origin}/#organization` },
            },
          ]
        : []),
      ...questionPage(
        questions.map(({ question, answer }) => ({ question: question[language], answer: plainText(answer[language]) })),
      ),
    ],
  })
}
