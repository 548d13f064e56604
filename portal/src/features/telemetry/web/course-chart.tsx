import { useEffect, useRef } from 'react'
import uPlot from 'uplot'
import 'uplot/dist/uPlot.min.css'
import type { Language } from '#platform/core'
import type { ChartMark } from '../core/index.ts'
import { type Course, dataOf, distinctUnits, optionsOf } from './chart-options.ts'
import style from './course-chart.module.css'
import { MarksOnChart } from './marks-on-chart.tsx'
import type { Span } from './span.ts'
import { usePinch } from './use-pinch.ts'

export interface ChartActs {
  onZoom(from: number, to: number): void
  onWhole(): void
  /** what the reader points at, in milliseconds since 1970; null: nothing */
  onPoint(at: number | null): void
}

interface Props extends ChartActs {
  courses: readonly Course[]
  span: Span
  marks: readonly ChartMark[]
  /** address of the machine's pages, which those of marks lie below */
  machine: string
  /** px */
  height: number
  language: Language
  /** what it shows, in words */
  label: string
}

/** Courses of metrics over the same time, with an axis for each unit. All charts of a page share one cursor. */
export default function CourseChart({ courses, span, marks, machine, height, language, label, ...acts }: Props) {
  const place = useRef<HTMLDivElement>(null)
  const chart = useRef<uPlot>(undefined)
  const latest = useRef(acts)
  useEffect(() => {
    latest.current = acts
  })
  const looks = courses.map(({ history, ...look }) => look)
  const made = JSON.stringify(looks) // a chart is made anew when what it is made of changes, not when readings come
  // biome-ignore lint/correctness/useExhaustiveDependencies: `made` says all of `courses` that counts here
  useEffect(() => {
    const element = place.current!
    const plot = new uPlot(optionsOf(element, courses, { height, language }, latest), dataOf(courses), element)
    chart.current = plot
    const observer = new ResizeObserver(() => plot.setSize({ width: element.clientWidth, height }))
    observer.observe(element)
    const redraw = () => plot.redraw(false)
    const dark = matchMedia('(prefers-color-scheme: dark)')
    dark.addEventListener('change', redraw)
    const chosen = new MutationObserver(redraw)
    chosen.observe(document.documentElement, { attributeFilter: ['data-scheme'] })
    return () => {
      dark.removeEventListener('change', redraw)
      chosen.disconnect()
      observer.disconnect()
      plot.destroy()
    }
  }, [made, height, language])
  useEffect(() => {
    chart.current?.batch(() => {
      chart.current?.setData(dataOf(courses), false)
      chart.current?.setScale('x', { min: span.from / 1000, max: span.to / 1000 })
    })
  })
  usePinch(place, chart, span, acts.onZoom)
  const units = distinctUnits(courses)
  return (
    <div className={style.chart} data-axes={units.length > 1 ? 'both' : 'one'}>
      <div className={style.plot} ref={place} role="img" aria-label={label} style={{ minHeight: height }} />
      <MarksOnChart {...{ marks, span, machine }} />
    </div>
  )
}
