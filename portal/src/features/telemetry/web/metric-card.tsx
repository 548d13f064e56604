import { lazy, Suspense, useMemo, useState } from 'react'
import { formatNumber, formatTime, formatUnit } from '#platform/core'
import { ActionButton, Measure, SkeletonLines, useLanguage, useTexts, useTimeZone } from '#platform/web'
import { type ChartMark, extendHistory, type LiveReading, type Measured } from '../core/index.ts'
import { CourseTable } from './course-table.tsx'
import style from './readings.module.css'
import { Readout, summed } from './readout.tsx'
import type { Span } from './span.ts'
import { type ReadHistory, useHistory } from './use-history.ts'

const CourseChart = lazy(() => import('./course-chart.tsx'))

interface Props {
  metric: Measured
  /** what is read, and what is shown of it and of what came since */
  span: Span
  shown: Span
  /** readings that came since the course was read */
  tail: readonly LiveReading[] | undefined
  marks: readonly ChartMark[]
  machine: string
  read: ReadHistory
  onZoom(from: number, to: number): void
  onWhole(): void
}

/** One metric: its last reading in large, its course below. */
export function MetricCard({ metric, span, shown, tail, marks, machine, read, onZoom, onWhole }: Props) {
  const t = useTexts('telemetry')
  const language = useLanguage()
  const timeZone = useTimeZone()
  const [pointed, setPointed] = useState<number | null>(null)
  const { history: known, failed, again } = useHistory(metric.key, span, read)
  const history = useMemo(() => known && extendHistory(known, tail ?? []), [known, tail])
  const { key, name, unit, decimals, min, latest } = metric
  const measured = (value: number) => `${formatNumber(value, language, decimals)} ${formatUnit(unit, language)}`.trim()
  const words = ({ min, mean, max }: ReturnType<typeof summed>) => ({
    min: measured(min),
    mean: measured(mean),
    max: measured(max),
  })
  const look = { later: 0, unit, decimals, least: min, colour: '--link', dashed: false, band: true }
  return (
    <li className={style.card}>
      <header>
        <h2 id={`metric-${key}`}>{name[language]}</h2>
        {latest ? (
          <p className={style.latest}>
            <strong>
              <Measure value={latest.value} unit={unit} decimals={decimals} />
            </strong>
            <small>{t('last', { at: formatTime(latest.at, language, timeZone) })}</small>
          </p>
        ) : (
          <p className={style.muted}>{t('none')}</p>
        )}
      </header>
      {failed ? (
        <div className={style.inPlace} role="alert">
          {t('failed')}
          <ActionButton size="small" onClick={again}>
            {t('again')}
          </ActionButton>
        </div>
      ) : !history ? (
        <div className={style.inPlace}>
          <SkeletonLines label={t('loading')} />
        </div>
      ) : history.points.length === 0 ? (
        <p className={`${style.inPlace} ${style.muted}`}>{t('noneInSpan')}</p>
      ) : (
        <>
          <Suspense fallback={<div className={style.inPlace} />}>
            <CourseChart
              {...{ marks, machine, language, onZoom, onWhole }}
              courses={[{ history, ...look }]}
              span={shown}
              height={160}
              label={t('summary', { name: name[language], count: history.points.length, ...words(summed(history)) })}
              onPoint={setPointed}
            />
          </Suspense>
          <Readout {...{ history, unit, decimals }} at={pointed} />
          <CourseTable {...{ metric, history }} />
        </>
      )}
    </li>
  )
}
