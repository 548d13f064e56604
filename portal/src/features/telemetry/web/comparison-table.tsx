import { formatExactTime, formatNumber, formatUnit } from '#platform/core'
import { useLanguage, useTexts, useTimeZone } from '#platform/web'
import { pointAt } from '../core/index.ts'
import style from './comparison.module.css'
import type { Line } from './comparison.tsx'
import { summed } from './readout.tsx'

/** The legend of a comparison: each course with its numbers, of the moment that is pointed at, or of the whole. */
export function ComparisonTable({ lines, at }: { lines: readonly Line[]; at: number | null }) {
  const t = useTexts('telemetry')
  const language = useLanguage()
  const zone = useTimeZone()
  const rows = lines.map(line => {
    const { history, later } = line
    const values = at !== null ? pointAt(history, at - later) : history.points.length > 0 ? summed(history) : null
    return { line, values }
  })
  const said = ({ metric, against }: Line) =>
    against === null
      ? metric.name[language]
      : `${metric.name[language]} · ${t(`compare.${against.kind === 'machine' ? 'other' : against.name}`)}`
  return (
    <div className={style.scroll}>
      <table className={style.legend}>
        <caption>{at === null ? t('shownTime') : formatExactTime(new Date(at), language, zone)}</caption>
        <thead>
          <tr>
            <th scope="col">{t('compare.course')}</th>
            <th scope="col">{t('minimum')}</th>
            <th scope="col">{t('mean')}</th>
            <th scope="col">{t('maximum')}</th>
            <th scope="col">{t('compare.unit')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ line, values }) => (
            <tr key={line.metric.key + String(line.against !== null)}>
              <th scope="row">
                <svg className={style.sample} viewBox="0 0 24 8" aria-hidden="true">
                  <path
                    d="M0 4h24"
                    strokeDasharray={line.against ? '5 4' : undefined}
                    style={{ stroke: `var(${line.colour})` }}
                  />
                </svg>
                {said(line)}
              </th>
              {(['min', 'mean', 'max'] as const).map(which => (
                <td key={which}>{values ? formatNumber(values[which], language, line.metric.decimals) : '–'}</td>
              ))}
              <td>{formatUnit(line.metric.unit, language)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
