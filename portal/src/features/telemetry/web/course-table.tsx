import { useState } from 'react'
import { formatExactTime, formatNumber, formatUnit } from '#platform/core'
import { useLanguage, useTexts, useTimeZone } from '#platform/web'
import { coarser, type History, type Measured } from '../core/index.ts'
import style from './readings.module.css'

const mostRows = 48

/** The same course as a table, for whoever does not see the chart or wants its numbers. */
export function CourseTable({ metric, history }: { metric: Measured; history: History }) {
  const t = useTexts('telemetry')
  const language = useLanguage()
  const zone = useTimeZone()
  const [open, setOpen] = useState(false)
  const { name, unit, decimals } = metric
  const heading = (word: string) => [word, formatUnit(unit, language)].filter(Boolean).join(' · ')
  return (
    <details className={style.table} onToggle={event => setOpen(event.currentTarget.open)}>
      <summary>{t('asTable')}</summary>
      {open ? (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys
        <section className={style.scroll} tabIndex={0} aria-label={name[language]}>
          <table>
            <thead>
              <tr>
                <th scope="col">{t('time')}</th>
                <th scope="col">{heading(t('minimum'))}</th>
                <th scope="col">{heading(t('mean'))}</th>
                <th scope="col">{heading(t('maximum'))}</th>
              </tr>
            </thead>
            <tbody>
              {coarser(history, mostRows).points.map(({ at, min, mean, max }) => (
                <tr key={at}>
                  <th scope="row">{formatExactTime(at, language, zone)}</th>
                  <td>{formatNumber(min, language, decimals)}</td>
                  <td>{formatNumber(mean, language, decimals)}</td>
                  <td>{formatNumber(max, language, decimals)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      ) : null}
    </details>
  )
}
