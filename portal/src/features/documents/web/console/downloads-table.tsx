import { type CallResult, formatTime, type Page } from '#platform/core'
import { api, type Column, DataTable, LocaleLink, useLanguage, usePages, useTexts, useTimeZone } from '#platform/web'
import { type DownloadView, listDownloads } from '../../core/index.ts'
import style from './console.module.css'

interface DownloadsTableProps {
  documentId: string
  first: CallResult<typeof listDownloads>
}

/** Who fetched which version while he was signed in. */
export function DownloadsTable({ documentId, first }: DownloadsTableProps) {
  const t = useTexts('documents')
  const more = (cursor: string): Promise<Page<DownloadView>> =>
    api.call(listDownloads, { params: { documentId }, query: { cursor } })
  return (
    <section className={style.card}>
      <h2>{t('console.who')}</h2>
      <p className={style.muted}>{t('console.whoHelp')}</p>
      <DataTable
        label={t('console.who')}
        columns={useColumns()}
        {...usePages(first, more)}
        rowId={({ id }) => id}
        empty={<p>{t('console.whoNone')}</p>}
      />
    </section>
  )
}

function useColumns(): Column<DownloadView>[] {
  const t = useTexts('documents')
  const language = useLanguage()
  const zone = useTimeZone()
  return [
    {
      id: 'company',
      title: t('console.company'),
      cell: ({ company }) => (company ? <LocaleLink to={`/console/companies/${company.id}`}>{company.name}</LocaleLink> : ''),
    },
    { id: 'person', title: t('console.person'), cell: ({ person }) => person || t('console.gone') },
    { id: 'version', title: t('console.version'), cell: ({ version }) => version, numeric: true },
    {
      id: 'at',
      title: t('console.at'),
      cell: ({ at }) => <time dateTime={at}>{formatTime(at, language, zone)}</time>,
      narrow: true,
    },
  ]
}
