import { lazy, Suspense, useState } from 'react'
import { ActionButton, SkeletonLines, useLanguage, useTexts } from '#platform/web'
import type { ChartMark, History, Measured } from '../core/index.ts'
import { type Against, type Compared, mostCompared } from './compared.ts'
import style from './comparison.module.css'
import { ComparisonChoice, type ReadAlike } from './comparison-choice.tsx'
import { ComparisonTable } from './comparison-table.tsx'
import type { Span } from './span.ts'
import { type ComparedHistories, useCourses } from './use-courses.ts'
import type { ReadHistory } from './use-history.ts'

const CourseChart = lazy(() => import('./course-chart.tsx'))

interface Props {
  metrics: readonly Measured[]
  compared: Compared
  span: Span
  marks: readonly ChartMark[]
  machine: string
  read: ReadHistory
  readAlike: ReadAlike
  /** null: no more */
  onCompare(compared: Compared | null): void
  onZoom(from: number, to: number): void
  onWhole(): void
}

/** One course of the comparison, as it is drawn and as it stands in the table below. */
export interface Line {
  metric: Measured
  /** null: of this machine and time */
  against: Against | null
  history: History
  /** ms by which it is drawn later than it was */
  later: number
  colour: string
}

/** Several metrics in one chart, beside an earlier time or another machine, with a table as its legend. */
export function Comparison(props: Props) {
  const { metrics, compared, span, marks, machine, read, onZoom, onWhole } = props
  const t = useTexts('telemetry')
  const language = useLanguage()
  const [pointed, setPointed] = useState<number | null>(null)
  const { histories, failed, again } = useCourses(compared, span, read)
  const lines = linesOf(metrics, compared, histories)
  return (
    <section className={style.comparison} aria-labelledby="comparison">
      <header>
        <h2 id="comparison">{t('compare.title')}</h2>
        <ActionButton size="small" onClick={() => props.onCompare(null)}>
          {t('compare.close')}
        </ActionButton>
      </header>
      <ComparisonChoice {...props} most={mostCompared} />
      {failed ? (
        <div className={style.inPlace} role="alert">
          {t('failed')}
          <ActionButton size="small" onClick={again}>
            {t('again')}
          </ActionButton>
        </div>
      ) : compared.metrics.length === 0 ? (
        <p className={style.inPlace}>{t('compare.none')}</p>
      ) : histories === null ? (
        <div className={style.inPlace}>
          <SkeletonLines label={t('loading')} />
        </div>
      ) : lines.every(({ history }) => history.points.length === 0) ? (
        <p className={style.inPlace}>{t('noneInSpan')}</p>
      ) : (
        <>
          <Suspense fallback={<div className={style.inPlace} />}>
            <CourseChart
              {...{ span, marks, machine, language, onZoom, onWhole }}
              courses={lines.map(({ metric, against, history, later, colour }) => ({
                ...{ history, later, colour, unit: metric.unit, decimals: metric.decimals, least: metric.min },
                ...{ dashed: against !== null, band: lines.length === 1 },
              }))}
              height={280}
              label={t('compare.summary', { names: [...new Set(lines.map(({ metric }) => metric.name[language]))].join(', ') })}
              onPoint={setPointed}
            />
          </Suspense>
          <ComparisonTable lines={lines} at={pointed} />
        </>
      )}
    </section>
  )
}

function linesOf(
  metrics: readonly Measured[],
  { metrics: keys, against }: Compared,
  histories: ComparedHistories | null,
): Line[] {
  return keys.flatMap((key, index) => {
    const [metric, known] = [metrics.find(one => one.key === key), histories?.get(key)]
    if (!metric || !known) return []
    const colour = `--chart-${index + 1}`
    const now: Line = { metric, against: null, history: known.now, later: 0, colour }
    if (!against || !known.beside) return [now]
    const later = against.kind === 'earlier' ? against.ms : 0
    return [now, { metric, against, history: known.beside, later, colour }]
  })
}
