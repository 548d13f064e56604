import { formatDate, formatNumber, pathIn } from '#platform/core'
import { type Column, DataTable, EmptyState, Notice, useLanguage, useTexts, useTimeZone } from '#platform/web'
import type { OutcomeRow, Outcomes } from '../core/index.ts'
import { OutcomeFigures } from './outcome-figures.tsx'
import style from './outcomes.module.css'

interface ViewProps {
  outcomes: Outcomes
  /** of a machine's page, without language */
  href(deviceId: string): string
  /** whose machine it is, where that is of interest */
  companies: boolean
}

/** What was warned of and what came of it: of all machines together, then machine by machine. */
export function OutcomesView({ outcomes: { from, until, all, machines, more }, href, companies }: ViewProps) {
  const t = useTexts('outcomes')
  const language = useLanguage()
  const zone = useTimeZone()
  const day = (at: string) => formatDate(at, language, zone)
  return (
    <>
      <p className={style.counted}>{t('counted', { from: day(from), until: day(until) })}</p>
      <OutcomeFigures outcome={all} />
      <section className={style.section}>
        <h2>{t('machines')}</h2>
        {more ? <Notice>{t('more')}</Notice> : null}
        <DataTable
          label={t('machines')}
          columns={useColumns(companies)}
          rows={machines}
          rowId={({ device }) => device.id}
          rowHref={({ device }) => pathIn(language, href(device.id))}
          empty={<EmptyState title={t('none')}>{t('noneHelp')}</EmptyState>}
        />
      </section>
    </>
  )
}

function useColumns(companies: boolean): Column<OutcomeRow>[] {
  const t = useTexts('outcomes')
  const language = useLanguage()
  const count = (id: 'warnings' | 'confirmed' | 'noFault' | 'unjudged'): Column<OutcomeRow> => ({
    ...{ id, title: t(id), numeric: true, optional: id !== 'warnings' },
    cell: ({ outcome }) => outcome[id],
  })
  return [
    { id: 'machine', title: t('machine'), cell: ({ device }) => `${device.model} ${device.serial}` },
    ...(companies
      ? [{ id: 'company', title: t('company'), cell: ({ company }: OutcomeRow) => company?.name ?? '–', optional: true }]
      : []),
    ...(['warnings', 'confirmed', 'noFault', 'unjudged'] as const).map(count),
    {
      id: 'months',
      title: t('months'),
      cell: ({ outcome }) => formatNumber(outcome.machineMonths, language, 1),
      numeric: true,
      optional: true,
    },
  ]
}
