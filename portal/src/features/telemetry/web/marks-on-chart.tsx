import { LocaleLink, useLanguage, useTexts } from '#platform/web'
import type { ChartMark } from '../core/index.ts'
import style from './course-chart.module.css'
import { MarkSign, toneOf } from './mark-sign.tsx'
import type { Span } from './span.ts'

/** What happened, over the chart of the same time. For the pointer alone: below the charts it stands as a list, which keys and readers reach. */
export function MarksOnChart({ marks, span, machine }: { marks: readonly ChartMark[]; span: Span; machine: string }) {
  const t = useTexts('telemetry')
  const language = useLanguage()
  const share = (at: number) => ((at - span.from) / (span.to - span.from)) * 100
  return (
    <div className={style.marks} aria-hidden="true">
      {marks.map(mark => {
        const [from, until] = [Date.parse(mark.from), mark.until === null ? span.to : Date.parse(mark.until)]
        if (from > span.to || until < span.from) return null
        const [left, right] = [share(from), share(Math.min(until, span.to))]
        return (
          <div
            className={style.mark}
            data-tone={toneOf(mark)}
            data-span={right > left ? '' : undefined}
            style={{ left: `${Math.max(left, -1)}%`, width: `${right - Math.max(left, -1)}%` }}
            key={mark.kind + mark.id}
          >
            {left >= 0 ? (
              <LocaleLink
                to={machine + mark.page}
                className={style.flag}
                tabIndex={-1}
                title={`${t(`marks.${mark.kind}`)} · ${mark.name[language]}`}
              >
                <MarkSign kind={mark.kind} />
              </LocaleLink>
            ) : null}
          </div>
        )
      })}
    </div>
  )
}
