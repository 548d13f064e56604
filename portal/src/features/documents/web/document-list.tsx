import type { ReactNode } from 'react'
import { formatDate } from '#platform/core'
import { LocaleLink, useLanguage, useTexts, useTimeZone } from '#platform/web'
import type { OfferedDocument } from '../core/index.ts'
import style from './documents.module.css'
import { fileWords } from './file-words.ts'
import { GetDocument } from './get-document.tsx'

export type ListedDocument = Omit<OfferedDocument, 'locked'> & { locked?: boolean }

interface DocumentListProps<Listed extends ListedDocument> {
  documents: readonly Listed[]
  /** stands beside the title */
  mark?(document: Listed): ReactNode
  /** says to which products each belongs */
  products?: boolean
}

/** Documents under one another, each with what it is and the way to its file. */
export function DocumentList<Listed extends ListedDocument>({ documents, mark, products = false }: DocumentListProps<Listed>) {
  const t = useTexts('documents')
  const language = useLanguage()
  return (
    <ul className={style.list}>
      {documents.map(document => (
        <li className={style.row} key={document.id}>
          <div className={style.words}>
            <p className={style.name}>
              <LocaleLink reloadDocument to={`/downloads/${document.id}`}>
                {document.title[language]}
              </LocaleLink>{' '}
              {mark?.(document)}
            </p>
            <DocumentFacts document={document} />
            {products && (document.allProducts || document.products.length > 0) ? (
              <p className={style.facts}>
                {document.allProducts ? t('forAll') : document.products.map(({ name }) => name[language]).join(' · ')}
              </p>
            ) : null}
          </div>
          <GetDocument document={document} />
        </li>
      ))}
    </ul>
  )
}

/** Kind, language, file, version and date in one line. */
export function DocumentFacts({ document }: { document: ListedDocument }) {
  const t = useTexts('documents')
  const language = useLanguage()
  const zone = useTimeZone()
  const { kind, number, version, since, file } = document
  const facts = [
    t(`kind.${kind}`),
    t(`language.${document.language}`),
    fileWords(file, language),
    ...(number ? [t('number', { number })] : []),
    t('version', { version }),
  ]
  return (
    <p className={style.facts}>
      {facts.join(' · ')} · <time dateTime={since}>{t('since', { date: formatDate(since, language, zone) })}</time>
    </p>
  )
}
