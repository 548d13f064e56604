import { inLanguage } from '#platform/core'
import {
  ActionButton,
  api,
  type Column,
  DataTable,
  EmptyState,
  FilterBar,
  StatusBadge,
  type Tone,
  useLanguage,
  usePages,
  useTexts,
} from '#platform/web'
import { columnsOf } from '../core/form.ts'
import {
  type ImportRowView,
  type ImportView,
  listImportRows,
  type SheetKind,
  sheetKinds,
  type Verdict,
  verdicts,
} from '../core/index.ts'
import style from './imports.module.css'

interface Props {
  view: ImportView
  page: { items: ImportRowView[]; nextCursor: string | null }
  filter: { verdict?: Verdict; kind?: SheetKind }
  busy: boolean
  onDecide(row: ImportRowView, choice: 'same' | 'different'): void
}

/** The rows of a file, with what becomes of each and why. */
export function ImportRows({ view, page, filter, busy, onDecide }: Props) {
  const t = useTexts('imports')
  const pages = usePages(page, cursor =>
    api.call(listImportRows, { params: { importId: view.id }, query: { ...filter, cursor } }),
  )
  return (
    <section className={style.section}>
      <h2>{t('rows')}</h2>
      <FilterBar
        search={false}
        filters={[
          { id: 'verdict', label: t('becomes'), options: verdicts.map(value => ({ value, label: t(`verdict.${value}`) })) },
          { id: 'kind', label: t('report.kind'), options: sheetKinds.map(value => ({ value, label: t(`kind.${value}`) })) },
        ]}
      />
      <DataTable
        label={t('rows')}
        columns={useColumns(view, busy, onDecide)}
        {...pages}
        rowId={({ place }) => String(place)}
        empty={<EmptyState title={t('noRows')}>{t('noRowsHelp')}</EmptyState>}
      />
    </section>
  )
}

const tones: Record<Verdict, Tone> = { duplicate: 'waiting', error: 'bad', new: 'good', update: 'active', known: 'neutral' }

function useColumns(view: ImportView, busy: boolean, onDecide: Props['onDecide']): Column<ImportRowView>[] {
  const t = useTexts('imports')
  return [
    {
      id: 'what',
      title: t('what'),
      cell: row => (
        <span className={style.what}>
          {titleOf(row)}
          <small>{t('placeOf', { sheet: row.sheet, row: row.row })}</small>
        </span>
      ),
    },
    {
      id: 'verdict',
      title: t('becomes'),
      narrow: true,
      cell: ({ verdict }) => <StatusBadge tone={tones[verdict]}>{t(`verdict.${verdict}`)}</StatusBadge>,
    },
    {
      id: 'why',
      title: t('report.findings'),
      cell: row => (
        <>
          <Why row={row} />
          {view.status === 'checked' && (row.verdict === 'duplicate' || row.decision) ? (
            <Choose row={row} busy={busy} onDecide={onDecide} />
          ) : null}
        </>
      ),
    },
  ]
}

const titleOf = ({ kind, values }: ImportRowView): string =>
  (kind === 'company'
    ? [values.name, values.creditCode]
    : kind === 'contact'
      ? [values.name, values.post, values.company]
      : [values.serial, values.model, values.company]
  )
    .filter(Boolean)
    .join(' · ')

function Why({ row: { kind, verdict, candidates, decision, fills, differs, findings } }: { row: ImportRowView }) {
  const t = useTexts('imports')
  const language = useLanguage()
  const title = (field: string) => {
    const column = columnsOf(kind).find(one => one.field === field)
    return column ? inLanguage(column.title, language) : field
  }
  return (
    <ul className={style.findings}>
      {candidates.map(({ target, name, reasons }) => {
        const other = target.startsWith('row:') ? t('inFile', { name }) : name
        return (
          <li key={target}>
            {t(verdict === 'duplicate' ? 'mayBe' : 'is', { name: other })}
            <small>{reasons.map(reason => t(`reason.${reason}`)).join(t('list'))}</small>
          </li>
        )
      })}
      {decision && verdict !== 'duplicate' ? <li>{t(decision.choice === 'same' ? 'decidedSame' : 'decidedDifferent')}</li> : null}
      {fills.length > 0 ? <li>{t('fills', { fields: fills.map(title).join(t('list')) })}</li> : null}
      {differs.map(({ field, known, given }) => (
        <li key={field}>{t('differs', { field: title(field), known, given })}</li>
      ))}
      {findings.map(({ code, column, value, message, remedy }) => (
        <li key={`${code} ${column}`}>
          {[column, value && `“${value}”`].filter(Boolean).join(' ')} {inLanguage(message, language)}
          <small>{inLanguage(remedy, language)}</small>
        </li>
      ))}
    </ul>
  )
}

function Choose({ row, busy, onDecide }: { row: ImportRowView } & Pick<Props, 'busy' | 'onDecide'>) {
  const t = useTexts('imports')
  const name = row.values.name ?? ''
  const other = row.candidates[0]?.name ?? ''
  return (
    <span className={style.choose}>
      {row.candidates.length > 0 && row.verdict === 'duplicate' ? (
        <ActionButton
          size="small"
          disabled={busy}
          aria-label={`${t('same')}: ${t('sameOf', { name, other })}`}
          onClick={() => onDecide(row, 'same')}
        >
          {t('same')}
        </ActionButton>
      ) : null}
      {row.candidates.length > 0 ? (
        <ActionButton
          size="small"
          disabled={busy}
          aria-label={`${t('different')}: ${t('differentOf', { name })}`}
          onClick={() => onDecide(row, 'different')}
        >
          {t('different')}
        </ActionButton>
      ) : null}
    </span>
  )
}
