import { type KeyboardEvent, useRef, useSyncExternalStore } from 'react'
import { formatTime } from '#platform/core'
import { useLanguage, useTexts, useTimeZone } from '#platform/web'
import type { ChartMark, Measured } from '../core/index.ts'
import { toneOf } from './mark-sign.tsx'
import style from './overview-strip.module.css'
import type { Span } from './span.ts'
import { Sparkline } from './sparkline.tsx'
import { type ReadHistory, useHistory } from './use-history.ts'
import { pulled, type StripGrip, useStripDrag } from './use-strip-drag.ts'

interface Props {
  /** the metric whose course the strip shows */
  metric: Measured
  overview: Span
  /** what the charts show of it */
  window: Span
  marks: readonly ChartMark[]
  read: ReadHistory
  /** replace: without a step back of its own, for what is pressed many times */
  onWindow(window: Span, replace: boolean): void
}

const noChange = () => () => {}
const grips: readonly StripGrip[] = ['window', 'from', 'to']

/** The longer time of which the charts show a window, which is pulled, or moved by keys, to look elsewhere. */
export function OverviewStrip({ metric, overview, window, marks, read, onWindow }: Props) {
  const t = useTexts('telemetry')
  const language = useLanguage()
  const zone = useTimeZone()
  const strip = useRef<HTMLFieldSetElement>(null)
  const inBrowser = useSyncExternalStore(
    noChange,
    () => true,
    () => false,
  ) // a page as it is sent has no style of its own
  const { history } = useHistory(metric.key, overview, read)
  const { draft, listen } = useStripDrag(strip, overview, window, next => onWindow(next, false))
  const shown = draft ?? window
  const length = overview.to - overview.from
  const share = (at: number) => `${Math.min(Math.max(((at - overview.from) / length) * 100, 0), 100)}%`
  const at = (moment: number) => formatTime(new Date(moment), language, zone)
  const press = (grip: StripGrip) => (event: KeyboardEvent) => {
    const step = (length / (event.shiftKey ? 10 : 100)) * (moves[event.key] ?? 0)
    if (step === 0) return
    event.preventDefault()
    onWindow(pulled(window, grip, step, overview), true)
  }
  const spoken = { from: at(shown.from), to: at(shown.to) }
  return (
    <fieldset className={style.strip} ref={strip}>
      <legend className="visually-hidden">{t('strip', { name: metric.name[language] })}</legend>
      {inBrowser ? (
        <>
          <div className={style.course}>
            {history && history.points.length > 0 ? <Sparkline history={history} {...overview} /> : null}
          </div>
          <div className={style.marks} aria-hidden="true">
            {marks.map(mark => (
              <i data-tone={toneOf(mark)} style={{ left: share(Date.parse(mark.from)) }} key={mark.kind + mark.id} />
            ))}
          </div>
          <i className={style.shade} style={{ left: 0, right: `calc(100% - ${share(shown.from)})` }} />
          <i className={style.shade} style={{ left: share(shown.to), right: 0 }} />
          {grips.map(grip => (
            <div
              className={style[grip]}
              style={
                grip === 'window'
                  ? { left: share(shown.from), right: `calc(100% - ${share(shown.to)})` }
                  : { left: share(shown[grip]) }
              }
              role="slider"
              tabIndex={0}
              aria-label={t(`grips.${grip}`)}
              aria-valuemin={Math.round(overview.from / 1000)}
              aria-valuemax={Math.round(overview.to / 1000)}
              aria-valuenow={Math.round(shown[grip === 'to' ? 'to' : 'from'] / 1000)}
              aria-valuetext={grip === 'window' ? t('zoomed', spoken) : spoken[grip]}
              onKeyDown={press(grip)}
              {...listen(grip)}
              key={grip}
            />
          ))}
        </>
      ) : null}
    </fieldset>
  )
}

const moves: Record<string, number> = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -10, PageUp: 10 }
