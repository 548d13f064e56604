import { LocaleLink, useTexts } from '#platform/web'
import { DocumentList, type ListedDocument } from './document-list.tsx'
import style from './documents.module.css'

/** On a product's page: what this reader may have of it. */
export function ProductDocuments({ documents, slug }: { documents: readonly ListedDocument[]; slug: string }) {
  const t = useTexts('documents')
  if (documents.length === 0) return null
  return (
    <>
      <DocumentList documents={documents} />
      <p className={style.more}>
        <LocaleLink reloadDocument to={`/downloads?product=${slug}`}>
          {t('more')}
        </LocaleLink>
      </p>
    </>
  )
}
