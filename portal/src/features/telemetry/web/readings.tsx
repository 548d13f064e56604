import { useState } from 'react'
import { formatTime } from '#platform/core'
import { ActionButton, EmptyState, Notice, useLanguage, useTexts, useTimeZone } from '#platform/web'
import type { DeviceMetrics } from '../core/index.ts'
import { ByTheHour } from './by-the-hour.tsx'
import { comparedIn } from './compared.ts'
import { Comparison } from './comparison.tsx'
import type { ReadAlike } from './comparison-choice.tsx'
import { DevicesBelow } from './devices-below.tsx'
import { MarkList } from './mark-list.tsx'
import { MetricCard } from './metric-card.tsx'
import { OverviewStrip } from './overview-strip.tsx'
import style from './readings.module.css'
import { Refused } from './refused.tsx'
import { SaveReadings } from './save-readings.tsx'
import { lengthOf, overviewOf, rangeIn } from './span.ts'
import { TimeBar } from './time-bar.tsx'
import type { ReadHistory } from './use-history.ts'
import { type ReadMarks, useMarks } from './use-marks.ts'
import { type Present, usePresent } from './use-present.ts'
import { useZoom } from './use-zoom.ts'

interface Props {
  deviceId: string
  side: 'own' | 'console'
  /** as it was when the page was made, at that moment */
  first: Present
  readMetrics(): Promise<DeviceMetrics>
  readHistory: ReadHistory
  readMarks: ReadMarks
  readAlike: ReadAlike
}

/** What one machine measures: last readings and their course, which go on by themselves while the page is looked at. */
export function Readings({ deviceId, side, first, readMetrics, readHistory, readMarks, readAlike }: Props) {
  const t = useTexts('telemetry')
  const language = useLanguage()
  const timeZone = useTimeZone()
  const { search, zoom, onWhole, onSpan, onZoom, onCompare } = useZoom()
  const [happened, setHappened] = useState(0)
  const range = rangeIn(search)
  const { span: length, every } = lengthOf[range]
  const { metrics, now, readAt, tail } = usePresent({
    ...{ deviceId, side, first, readMetrics, every: zoom ? null : every },
    onChange: () => setHappened(count => count + 1),
  })
  const whole = { from: readAt - length, to: readAt }
  const span = zoom ?? whole
  const shown = zoom ?? { from: now - length, to: now }
  const overview = overviewOf(whole, zoom)
  const machine = side === 'own' ? `/account/machines/${deviceId}` : `/console/devices/${deviceId}`
  const marks = useMarks(overview, readMarks, happened)
  const compared = comparedIn(search, metrics.metrics)
  const { connection, clonedAt, clonedTimes, refused, withheld, below, keptMonths, hourlyUntil } = metrics
  const at = (moment: string) => formatTime(moment, language, timeZone)
  const [leading] = metrics.metrics
  if (withheld && metrics.metrics.every(({ latest }) => latest === null))
    return <EmptyState title={t('withheld')}>{t('withheldHelp')}</EmptyState>
  if (!leading) return <EmptyState title={t('noType')}>{t('noTypeHelp')}</EmptyState>
  if (!connection && metrics.metrics.every(({ latest }) => latest === null))
    return <EmptyState title={t('never')}>{t('neverHelp')}</EmptyState>
  const ofStrip = metrics.metrics.find(({ key }) => key === compared?.metrics[0]) ?? leading
  return (
    <div className={style.page}>
      <TimeBar {...{ connection, search, range, zoom, shown, onWhole }} onZoom={onSpan}>
        {compared ? null : (
          <ActionButton size="small" onClick={() => onCompare({ metrics: [leading.key], against: null })}>
            {t('compare.open')}
          </ActionButton>
        )}
        <SaveReadings metrics={metrics.metrics} span={shown} read={readHistory} />
      </TimeBar>
      <OverviewStrip {...{ overview, marks }} metric={ofStrip} window={shown} read={readHistory} onWindow={onSpan} />
      <ByTheHour months={keptMonths} until={hourlyUntil} from={shown.from} />
      <DevicesBelow below={below} at={at} />
      {clonedAt ? (
        <Notice tone="warn" title={t('cloned')}>
          {t('clonedHelp', { at: at(clonedAt), count: clonedTimes })}
        </Notice>
      ) : null}
      {compared ? (
        <Comparison
          {...{ compared, span, marks, machine, readAlike, onCompare, onZoom, onWhole }}
          metrics={metrics.metrics}
          read={readHistory}
        />
      ) : null}
      <MarkList marks={marks.filter(mark => isWithin(mark, shown))} machine={machine} />
      <ul className={style.cards}>
        {metrics.metrics.map(metric => (
          <MetricCard
            {...{ metric, span, shown, marks, machine, onZoom, onWhole }}
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

const isWithin = (mark: { from: string; until: string | null }, { from, to }: { from: number; to: number }): boolean =>
  Date.parse(mark.from) <= to && (mark.until === null || Date.parse(mark.until) >= from)
