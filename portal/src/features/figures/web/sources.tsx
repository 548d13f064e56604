import { formatNumber } from '#platform/core'
import { type Column, DataTable, useLanguage, useTexts } from '#platform/web'
import { type Figures, sourceName, sourceSteps } from '../core/index.ts'
import style from './figures-page.module.css'
import { Meaning } from './meaning.tsx'

type Row = Figures['sources'][number]

/** Where visits came from, and what became of them. */
export function Sources({ figures: { sources, product } }: { figures: Figures }) {
  const t = useTexts('figures')
  const language = useLanguage()
  const columns: Column<Row>[] = [
    { id: 'source', title: t('sources.source'), cell: ({ source }) => sourceName(source, language) },
    ...sourceSteps
      .filter(step => !product || step !== 'visits')
      .map(step => ({
        id: step,
        title: t(`step.${step}`),
        cell: ({ counts }: Row) => formatNumber(counts[step], language),
        numeric: true,
        optional: step === 'configured' || step === 'offered',
      })),
  ]
  return (
    <section className={style.section}>
      <h2>{t('sources.title')}</h2>
      <div className={style.hint}>
        <Meaning name={t('sources.help')}>{t('means.source')}</Meaning>
      </div>
      <DataTable
        label={t('sources.title')}
        columns={columns}
        rows={sources}
        rowId={({ source }) => source}
        empty={<p className={style.hint}>{t('sources.none')}</p>}
      />
    </section>
  )
}
