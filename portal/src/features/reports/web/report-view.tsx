import { formatDate } from '#platform/core'
import { EmptyState, useLanguage, useTexts, useTimeZone } from '#platform/web'
import { type HealthReport, reportRows } from '../core/index.ts'
import style from './report.module.css'

/** A report as it is read, machine by machine: the same words as on paper. */
export function ReportView({ report }: { report: HealthReport }) {
  const t = useTexts('reports')
  const language = useLanguage()
  const zone = useTimeZone()
  return (
    <div className={style.page}>
      <p className={style.muted}>{t(report.soFar ? 'madeSoFar' : 'made', { at: formatDate(report.madeAt, language, zone) })}</p>
      {report.facts.machines.length === 0 ? <EmptyState title={t('noMachines')}>{t('noMachinesHelp')}</EmptyState> : null}
      {report.facts.machines.map(machine => (
        <section key={machine.device.id} className={style.machine}>
          <h2>{`${machine.device.model} ${machine.device.serial}`}</h2>
          <dl className={style.rows}>
            {reportRows(machine, language, zone).map(({ name, lines }) => (
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
      ))}
    </div>
  )
}
