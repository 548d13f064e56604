import { useEffect, useRef } from 'react'
import uPlot from 'uplot'
import 'uplot/dist/uPlot.min.css'
import type { Language } from '#platform/core'
import { formatNumber } from '#platform/core'
import type { History } from '../core/index.ts'
import style from './metric-chart.module.css'

interface Props {
  history: History
  /** milliseconds since 1970 */
  from: number
  to: number
  decimals: number
  /** what can be measured at all: the axis never begins below */
  least: number
  language: Language
  /** what it shows, in words */
  label: string
  onZoom(from: number, to: number): void
  onWhole(): void
}

/** The course of one metric: its mean as a line, lowest to highest as a band. All charts of a page share one cursor. */
export default function MetricChart({ history, from, to, decimals, least, language, label, onZoom, onWhole }: Props) {
  const place = useRef<HTMLDivElement>(null)
  const chart = useRef<uPlot>(undefined)
  const acts = useRef({ onZoom, onWhole })
  useEffect(() => {
    acts.current = { onZoom, onWhole }
  })
  useEffect(() => {
    const element = place.current!
    const made = new uPlot(optionsOf(element, { decimals, least, language }, acts), dataOf([], 1), element)
    chart.current = made
    const observer = new ResizeObserver(() => made.setSize({ width: element.clientWidth, height }))
    observer.observe(element)
    const dark = matchMedia('(prefers-color-scheme: dark)')
    const redraw = () => made.redraw(false)
    dark.addEventListener('change', redraw)
    return () => {
      dark.removeEventListener('change', redraw)
      observer.disconnect()
      made.destroy()
    }
  }, [decimals, least, language])
  useEffect(() => {
    chart.current?.batch(() => {
      chart.current?.setData(dataOf(history.points, history.step), false)
      chart.current?.setScale('x', { min: from / 1000, max: to / 1000 })
    })
  })
  return <div className={style.chart} ref={place} role="img" aria-label={label} />
}

const height = 160

/** Where readings are missing for longer than is usual the line is broken. */
function dataOf(points: History['points'], step: number): uPlot.AlignedData {
  const gap = 3 * Math.max(step, usualDistance(points))
  const [at, low, mean, high]: (number | null)[][] = [[], [], [], []]
  let before = Number.NaN
  for (const point of points) {
    const moment = Date.parse(point.at)
    if (moment - before > gap) {
      at!.push((before + step) / 1000)
      for (const series of [low, mean, high]) series!.push(null)
    }
    at!.push(moment / 1000)
    low!.push(point.min)
    mean!.push(point.mean)
    high!.push(point.max)
    before = moment
  }
  return [at, low, mean, high] as uPlot.AlignedData
}

/** Median of the times between points, in milliseconds: seldom readings are no missing ones. */
function usualDistance(points: History['points']): number {
  const distances = points.slice(1).map((point, at) => Date.parse(point.at) - Date.parse(points[at]!.at))
  return distances.sort((a, b) => a - b)[distances.length >> 1] ?? 0
}

function optionsOf(
  element: HTMLElement,
  { decimals, least, language }: Pick<Props, 'decimals' | 'least' | 'language'>,
  acts: { current: Pick<Props, 'onZoom' | 'onWhole'> },
): uPlot.Options {
  const colour = (token: string) => () => getComputedStyle(element).getPropertyValue(token)
  const grid = { stroke: colour('--line'), width: 1 }
  const font = `12px ${getComputedStyle(element).fontFamily}`
  const axis = { stroke: colour('--ink-muted'), grid, ticks: { ...grid, size: 4 }, font }
  const clock = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(language, options)
  const [time, day] = [
    clock({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }),
    clock({ month: 'numeric', day: 'numeric' }),
  ]
  const second = clock({ minute: '2-digit', second: '2-digit' })
  return {
    width: element.clientWidth,
    height,
    legend: { show: false },
    padding: [8, 8, 0, 0],
    cursor: {
      sync: { key: 'machine' },
      drag: { x: true, y: false, setScale: false },
      bind: {
        dblclick: () => () => {
          acts.current.onWhole()
          return null
        },
      },
      points: { size: 7 },
    },
    scales: { x: { time: true }, y: { range: (_, low, high) => rangeOf(low, high, decimals, least) } },
    axes: [
      {
        ...axis,
        space: 70,
        values: (_, ticks, __, ___, apart) =>
          ticks.map(tick => (apart >= 86_400 ? day : apart < 60 ? second : time).format(tick * 1000)),
      },
      { ...axis, size: 56, space: 28, values: (_, ticks) => ticks.map(tick => formatNumber(tick, language)) },
    ],
    series: [
      {},
      { stroke: 'transparent', points: { show: false } },
      { stroke: colour('--link'), width: 1.5, points: { show: false } },
      { stroke: 'transparent', points: { show: false } },
    ],
    bands: [{ series: [3, 1], fill: () => `color-mix(in srgb, ${colour('--link')()} 22%, transparent)` }],
    hooks: {
      setSelect: [
        ({ select, posToVal, setSelect }) => {
          if (select.width < 8) return
          const [begin, end] = [posToVal(select.left, 'x'), posToVal(select.left + select.width, 'x')]
          setSelect({ left: 0, top: 0, width: 0, height: 0 }, false)
          acts.current.onZoom(begin * 1000, end * 1000)
        },
      ],
    },
  }
}

/** Never so close that the last digit of the sensor fills the chart. */
function rangeOf(low: number | null, high: number | null, decimals: number, least: number): [number, number] {
  const [from, to] = [low ?? 0, high ?? 1]
  const narrowest = 10 * 10 ** -decimals
  const room = Math.max((to - from) * 0.08, (narrowest - (to - from)) / 2, 0)
  return [Math.max(from - room, Math.min(least, from)), to + room]
}
