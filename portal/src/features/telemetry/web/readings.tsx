import { useCallback } from 'react'
import { useSearchParams } from 'react-router'
import { formatTime } from '#platform/core'
import {
  ActionButton,
  EmptyState,
  Notice,
  Segments,
  StatusBadge,
  searchWith,
  useLanguage,
  useTexts,
  useTimeZone,
} from '#platform/web'
import type { DeviceMetrics, History } from '../core/index.ts'
import { MetricCard } from './metric-card.tsx'
import style from './readings.module.css'
import { Refused } from './refused.tsx'
import { lengthOf, rangeIn, ranges, type Span, zoomIn } from './span.ts'
import { type Present, usePresent } from './use-present.ts'

interface Props {
  deviceId: string
  side: 'own' | 'console'
  /** as it was when the page was made, at that moment */
  first: Present
  readMetrics(): Promise<DeviceMetrics>
  readHistory(metric: string, span: Span): Promise<History>
}

/** What one machine measures: last readings and their course, which go on by themselves while the page is looked at. */
export function Readings({ deviceId, side, first, readMetrics, readHistory }: Props) {
  const t = useTexts('telemetry')
  const language = useLanguage()
  const timeZone = useTimeZone()
  const [search, setSearch] = useSearchParams()
  const range = rangeIn(search)
  const zoom = zoomIn(search)
  const { span: length, every } = lengthOf[range]
  const { metrics, now, readAt, tail } = usePresent({ deviceId, side, first, readMetrics, every: zoom ? null : every })
  const span = zoom ?? { from: readAt - length, to: readAt }
  const shown = zoom ?? { from: now - length, to: now }
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
  const { connection, clonedAt, clonedTimes, refused, withheld, below } = metrics
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
        <Segments
          label={t('range')}
          items={ranges.map(one => ({
            key: one,
            to: searchWith(search, { range: one, from: null, to: null }),
            title: t(one),
            chosen: one === range && !zoom,
          }))}
        />
        {zoom ? (
          <p className={style.zoomed}>
            {t('zoomed', { from: at(zoom.from), to: at(zoom.to) })}
            <ActionButton size="small" onClick={onWhole}>
              {t('whole')}
            </ActionButton>
          </p>
        ) : (
          <small className={`${style.muted} ${style.zoomHelp}`}>{t('zoomHelp')}</small>
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
          {t('clonedHelp', { at: at(clonedAt), count: clonedTimes })}
        </Notice>
      ) : null}
      <ul className={style.cards}>
        {metrics.metrics.map(metric => (
          <MetricCard
            {...{ metric, span, shown, onZoom, onWhole }}
            tail={zoom ? undefined : tail.get(metric.key)}
            read={readHistory}
            key={metric.key}
          />
        ))}
      </ul>
      <Refused refused={refused} at={at} />
    </div>
  )
}
