import { useCallback, useEffect, useState } from 'react'
import { Link, useSearchParams } from 'react-router'
import { formatTime } from '#platform/core'
import { ActionButton, EmptyState, Notice, StatusBadge, useLanguage, useTexts, useTimeZone } from '#platform/web'
import type { DeviceMetrics, History } from '../core/index.ts'
import { MetricCard } from './metric-card.tsx'
import style from './readings.module.css'
import { Refused } from './refused.tsx'
import { lengthOf, rangeIn, ranges, type Span, zoomIn } from './span.ts'

interface Props {
  /** as it was when the page was made, at that moment */
  first: { metrics: DeviceMetrics; at: number }
  readMetrics(): Promise<DeviceMetrics>
  readHistory(metric: string, span: Span): Promise<History>
}

/** What one machine measures: last readings and their course, read anew by themselves while the page is looked at. */
export function Readings({ first, readMetrics, readHistory }: Props) {
  const t = useTexts('telemetry')
  const language = useLanguage()
  const timeZone = useTimeZone()
  const [search, setSearch] = useSearchParams()
  const range = rangeIn(search)
  const zoom = zoomIn(search)
  const { metrics, now } = usePresent(first, readMetrics, zoom ? null : lengthOf[range].every)
  const span = zoom ?? { from: now - lengthOf[range].span, to: now }
  const onZoom = useCallback(
    (from: number, to: number) =>
      setSearch(before => searchWith(before, { from: String(Math.round(from)), to: String(Math.round(to)) }), {
        preventScrollReset: true,
      }),
    [setSearch],
  )
  const onWhole = useCallback(
    () => setSearch(before => searchWith(before, { from: null, to: null }), { preventScrollReset: true }),
    [setSearch],
  )
  const { connection, clonedAt, refused, withheld, below } = metrics
  const at = (moment: string | number) => formatTime(new Date(moment), language, timeZone)
  if (withheld && metrics.metrics.every(({ latest }) => latest === null))
    return <EmptyState title={t('withheld')}>{t('withheldHelp')}</EmptyState>
  if (metrics.metrics.length === 0) return <EmptyState title={t('noType')}>{t('noTypeHelp')}</EmptyState>
  if (!connection && metrics.metrics.every(({ latest }) => latest === null))
    return <EmptyState title={t('never')}>{t('neverHelp')}</EmptyState>
  return (
    <div className={style.page}>
      <div className={style.bar}>
        {connection ? (
          <p>
            <StatusBadge tone={connection.connected ? 'good' : 'neutral'}>
              {t(connection.connected ? 'connected' : 'disconnected')}
            </StatusBadge>{' '}
            <small className={style.muted}>{t('since', { at: at(connection.since) })}</small>
          </p>
        ) : null}
        <nav className={style.ranges} aria-label={t('range')}>
          {ranges.map(one => (
            <Link
              to={`?${searchWith(search, { range: one, from: null, to: null })}`}
              aria-current={one === range && !zoom ? 'true' : undefined}
              preventScrollReset
              key={one}
            >
              {t(one)}
            </Link>
          ))}
        </nav>
        {zoom ? (
          <p className={style.zoomed}>
            {t('zoomed', { from: at(zoom.from), to: at(zoom.to) })}
            <ActionButton size="small" onClick={onWhole}>
              {t('whole')}
            </ActionButton>
          </p>
        ) : (
          <small className={style.muted}>{t('zoomHelp')}</small>
        )}
      </div>
      {below.length > 0 ? (
        <section className={style.below} aria-label={t('below')}>
          <h2>{t('below')}</h2>
          <ul>
            {below.map(one => (
              <li key={one.name}>
                {one.name}{' '}
                <StatusBadge tone={one.connected ? 'good' : 'neutral'}>
                  {t(one.connected ? 'connected' : 'disconnected')}
                </StatusBadge>{' '}
                <small className={style.muted}>{t('since', { at: at(one.since) })}</small>
              </li>
            ))}
          </ul>
        </section>
      ) : null}
      {clonedAt ? (
        <Notice tone="warn" title={t('cloned')}>
          {t('clonedHelp', { at: at(clonedAt) })}
        </Notice>
      ) : null}
      <ul className={style.cards}>
        {metrics.metrics.map(metric => (
          <MetricCard {...{ metric, span, onZoom, onWhole }} read={readHistory} key={metric.key} />
        ))}
      </ul>
      <Refused refused={refused} at={at} />
    </div>
  )
}

/** every: ms between looks; null: the course is of the past, only last readings go on */
function usePresent(first: Props['first'], readMetrics: Props['readMetrics'], every: number | null) {
  const [present, setPresent] = useState({ metrics: first.metrics, now: first.at })
  useEffect(() => {
    let current = true
    let movedAt = Date.now()
    const look = async () => {
      if (document.visibilityState !== 'visible') return
      const metrics = await readMetrics().catch(() => null) // the next look tries again
      if (!current || !metrics) return
      const moves = every !== null && Date.now() - movedAt >= every
      if (moves) movedAt = Date.now()
      setPresent(before => ({ metrics, now: moves ? Date.now() : before.now }))
    }
    const timer = setInterval(look, 5000)
    document.addEventListener('visibilitychange', look)
    return () => {
      current = false
      clearInterval(timer)
      document.removeEventListener('visibilitychange', look)
    }
  }, [readMetrics, every])
  return present
}

function searchWith(search: URLSearchParams, changes: Record<string, string | null>): URLSearchParams {
  const changed = new URLSearchParams(search)
  for (const [name, value] of Object.entries(changes)) {
    if (value === null) changed.delete(name)
    else changed.set(name, value)
  }
  return changed
}
