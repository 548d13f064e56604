import { formatDate } from '#platform/core'
import { EmptyState, useLanguage, useTexts, useTimeZone } from '#platform/web'
import { type HealthReport, outcomeRows, reportRows } from '../core/index.ts'
import style from './report.module.css'

/** A report as it is read, machine by machine, then what came of warnings at all of them: the same words as on paper. */
export function ReportView({ report }: { report: HealthReport }) {
  const t = useTexts('reports')
  const language = useLanguage()
  const zone = useTimeZone()
  const { machines, outcomes } = report.facts
  return (
    <div className={style.page}>
      <p className={style.muted}>{t(report.soFar ? 'madeSoFar' : 'made', { at: formatDate(report.madeAt, language, zone) })}</p>
      {machines.length === 0 ? <EmptyState title={t('noMachines')}>{t('noMachinesHelp')}</EmptyState> : null}
      {machines.map(machine => (
        <Section
          key={machine.device.id}
          title={`${machine.device.model} ${machine.device.serial}`}
          rows={reportRows(machine, language, zone)}
        />
      ))}
      {outcomes ? <Section title={t('outcomes')} rows={outcomeRows(outcomes, language)} /> : null}
    </div>
  )
}

function Section({ title, rows }: { title: string; rows: readonly { name: string; lines: string[] }[] }) {
  return (
    <section className={style.machine}>
      <h2>{title}</h2>
      <dl className={style.rows}>
        {rows.map(({ name, lines }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              {lines.map(line => (
                <p key={line}>{line}</p>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
