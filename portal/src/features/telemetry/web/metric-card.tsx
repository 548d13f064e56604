import { lazy, Suspense, useEffect, useMemo, useState } from 'react'
import { formatNumber, formatTime, formatUnit } from '#platform/core'
import { ActionButton, Measure, SkeletonLines, useLanguage, useTexts, useTimeZone } from '#platform/web'
import { extendHistory, type History, type LiveReading, type Measured } from '../core/index.ts'
import style from './readings.module.css'
import type { Span } from './span.ts'

const MetricChart = lazy(() => import('./metric-chart.tsx'))

interface Props {
  metric: Measured
  /** what is read, and what is shown of it and of what came since */
  span: Span
  shown: Span
  /** readings that came since the course was read */
  tail: readonly LiveReading[] | undefined
  read(metric: string, span: Span): Promise<History>
  onZoom(from: number, to: number): void
  onWhole(): void
}

/** One metric: its last reading in large, its course below. */
export function MetricCard({ metric, span, shown, tail, read, onZoom, onWhole }: Props) {
  const t = useTexts('telemetry')
  const language = useLanguage()
  const timeZone = useTimeZone()
  const { history: known, failed, again } = useHistory(metric.key, span, read)
  const history = useMemo(() => known && extendHistory(known, tail ?? []), [known, tail])
  const { key, name, unit, decimals, min, latest } = metric
  const measured = (value: number) => `${formatNumber(value, language, decimals)} ${formatUnit(unit, language)}`.trim()
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
        <Suspense fallback={<div className={style.inPlace} />}>
          <MetricChart
            {...{ history, decimals, language, onZoom, onWhole }}
            least={min}
            from={shown.from}
            to={shown.to}
            label={t('summary', { name: name[language], count: history.points.length, ...wordsOf(history, measured) })}
          />
        </Suspense>
      )}
      {history && history.points.length > 0 ? <Extremes words={wordsOf(history, measured)} /> : null}
    </li>
  )
}

function Extremes({ words }: { words: Record<'min' | 'mean' | 'max', string> }) {
  const t = useTexts('telemetry')
  return (
    <dl className={style.extremes}>
      <dt>{t('minimum')}</dt>
      <dd>{words.min}</dd>
      <dt>{t('mean')}</dt>
      <dd>{words.mean}</dd>
      <dt>{t('maximum')}</dt>
      <dd>{words.max}</dd>
    </dl>
  )
}

function wordsOf({ points }: History, measured: (value: number) => string): Record<'min' | 'mean' | 'max', string> {
  const count = points.reduce((sum, point) => sum + point.count, 0)
  return {
    min: measured(Math.min(...points.map(({ min }) => min))),
    mean: measured(points.reduce((sum, point) => sum + point.mean * point.count, 0) / count),
    max: measured(Math.max(...points.map(({ max }) => max))),
  }
}

/** What is known of a span, read anew as the span moves; what was there stays until the new is. */
function useHistory(metric: string, span: Span, read: Props['read']) {
  const [state, setState] = useState<{ history: History | null; failed: boolean }>({ history: null, failed: false })
  const [tries, setTries] = useState(0)
  const { from, to } = span
  // biome-ignore lint/correctness/useExhaustiveDependencies: another try reads the same again
  useEffect(() => {
    let current = true
    read(metric, { from, to }).then(
      history => current && setState({ history, failed: false }),
      () => current && setState(before => ({ history: before.history, failed: before.history === null })),
    )
    return () => {
      current = false
    }
  }, [metric, from, to, read, tries])
  return { ...state, again: () => setTries(count => count + 1) }
}
