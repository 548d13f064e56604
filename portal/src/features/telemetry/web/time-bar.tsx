import { formatTime } from '#platform/core'
import { ActionButton, Segments, StatusBadge, searchWith, useLanguage, useTexts, useTimeZone } from '#platform/web'
import type { DeviceMetrics } from '../core/index.ts'
import style from './readings.module.css'
import { movedBy, type Range, ranges, type Span, scaledBy } from './span.ts'

interface Props {
  connection: DeviceMetrics['connection']
  search: URLSearchParams
  range: Range
  /** null: the range that ends now is shown */
  zoom: Span | null
  shown: Span
  onZoom(span: Span): void
  onWhole(): void
  children: React.ReactNode
}

const steps = [
  ['earlier', '‹', (span: Span) => movedBy(span, -0.5)],
  ['later', '›', (span: Span) => movedBy(span, 0.5)],
  ['closer', '+', (span: Span) => scaledBy(span, 0.5)],
  ['farther', '−', (span: Span) => scaledBy(span, 2)],
] as const

/** Whether the machine is connected, which time is shown, and the ways to another. */
export function TimeBar({ connection, search, range, zoom, shown, onZoom, onWhole, children }: Props) {
  const t = useTexts('telemetry')
  const language = useLanguage()
  const timeZone = useTimeZone()
  const at = (moment: string | number) => formatTime(new Date(moment), language, timeZone)
  return (
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
      <fieldset className={style.steps}>
        <legend className="visually-hidden">{t('look')}</legend>
        {steps.map(([name, sign, next]) => (
          <ActionButton size="small" aria-label={t(name)} title={t(name)} onClick={() => onZoom(next(shown))} key={name}>
            <span aria-hidden="true">{sign}</span>
          </ActionButton>
        ))}
      </fieldset>
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
      <p className={style.actions}>{children}</p>
    </div>
  )
}
