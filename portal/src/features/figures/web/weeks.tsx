import { formatDate, formatNumber } from '#platform/core'
import { useLanguage, useTexts } from '#platform/web'
import { daysIn, type Figures, productSteps, type Step, steps } from '../core/index.ts'
import style from './weeks.module.css'

/** The weeks up to the end of the period: two charts, and every number as a table. */
export function Weeks({ figures }: { figures: Figures }) {
  const t = useTexts('figures')
  const language = useLanguage()
  const { weeks, product } = figures
  const shown: readonly Step[] = product ? productSteps : steps
  const number = (count: number | undefined) => (count === undefined ? '–' : formatNumber(count, language))
  return (
    <section className={style.section}>
      <h2>{t('weeks.title')}</h2>
      <p className={style.hint}>{t('weeks.help')}</p>
      <div className={style.charts}>
        <Chart figures={figures} step={product ? 'configured' : 'visits'} />
        <Chart figures={figures} step="inquired" />
      </div>
      <details className={style.numbers}>
        <summary>{t('weeks.table')}</summary>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys */}
        <section className={style.frame} tabIndex={0} aria-label={t('weeks.title')}>
          <table>
            <thead>
              <tr>
                <th scope="col">{t('weeks.week')}</th>
                {shown.map(step => (
                  <th scope="col" key={step}>
                    {t(`step.${step}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {weeks.map(({ from, counts }) => (
                <tr key={from}>
                  <th scope="row">{formatDate(from, language, 'UTC')}</th>
                  {shown.map(step => (
                    <td key={step}>{number(counts?.[step])}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      </details>
    </section>
  )
}

const [width, height, gap] = [25, 100, 5]

/** A bar for each week from 0 on; a line where a usual week was before Fettle. The table below says the same in numbers. */
function Chart({ figures: { weeks, steps, period }, step }: { figures: Figures; step: Step }) {
  const t = useTexts('figures')
  const language = useLanguage()
  const before = steps.find(one => one.step === step)?.before ?? null
  const usual = before === null ? null : (before / daysIn(period.counted)) * 7
  const counts = weeks.map(({ counts }) => counts?.[step] ?? null)
  const most = Math.max(1, usual ?? 0, ...counts.map(count => count ?? 0))
  const day = (at: string) => formatDate(at, language, 'UTC')
  const level = (count: number) => height - (height * count) / most
  return (
    <figure className={style.chart}>
      <figcaption>
        {t('weeks.chart', { step: t(`step.${step}`) })}
        <small>{t('weeks.most', { count: formatNumber(Math.max(0, ...counts.map(count => count ?? 0)), language) })}</small>
      </figcaption>
      <svg viewBox={`0 0 ${width * weeks.length} ${height}`} preserveAspectRatio="none" aria-hidden="true">
        {weeks.map(({ from }, i) => {
          const count = counts[i] ?? null
          const words = count === null ? t('weeks.notYet') : formatNumber(count, language)
          return (
            <g key={from}>
              <title>{t('weeks.bar', { week: day(from), count: words })}</title>
              <rect className={style.ground} x={i * width} width={width} height={height} />
              <rect
                className={style.count}
                x={i * width + gap / 2}
                y={level(count ?? 0)}
                width={width - gap}
                height={height - level(count ?? 0)}
              />
            </g>
          )
        })}
        {usual === null ? null : (
          <line className={style.usual} x1="0" x2={width * weeks.length} y1={level(usual)} y2={level(usual)} />
        )}
      </svg>
      <p className={style.ends}>
        <span>{day(weeks[0]!.from)}</span>
        {usual === null ? null : <span className={style.key}>{t('funnel.before')}</span>}
        <span>{day(weeks.at(-1)!.from)}</span>
      </p>
    </figure>
  )
}
