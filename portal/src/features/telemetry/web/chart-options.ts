import uPlot from 'uplot'
import { formatNumber, formatUnit, type Language } from '#platform/core'
import type { History } from '../core/index.ts'
import type { ChartActs } from './course-chart.tsx'

/** One line of a chart. */
export interface Course {
  history: History
  /** ms by which it is shown later than it was, to lie beside another time */
  later: number
  unit: string
  decimals: number
  /** what can be measured at all: the axis never begins below */
  least: number
  /** a colour token */
  colour: string
  /** of another time or machine */
  dashed: boolean
  /** with lowest and highest as a band */
  band: boolean
}

/** px: room of an axis; the style sheet lays marks over what is between */
const axisWidth = 56

export const distinctUnits = (courses: readonly Course[]): string[] => [...new Set(courses.map(({ unit }) => unit))]

/** Where readings are missing for longer than is usual the line is broken. Each course has three rows: lowest, mean, highest. */
export function dataOf(courses: readonly Course[]): uPlot.AlignedData {
  const tables = courses.map(({ history, later }) => tableOf(history, later))
  return tables.length === 1 ? tables[0]! : uPlot.join(tables)
}

function tableOf({ points, step }: History, later: number): uPlot.AlignedData {
  const gap = 3 * Math.max(step, usualDistance(points))
  const [at, low, mean, high]: (number | null)[][] = [[], [], [], []]
  let before = Number.NaN
  for (const point of points) {
    const moment = Date.parse(point.at) + later
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

/** How courses are drawn: an axis for each unit, the first at the left, the second at the right; more have theirs in the table alone. */
export function optionsOf(
  element: HTMLElement,
  courses: readonly Course[],
  { height, language }: { height: number; language: Language },
  acts: { current: ChartActs },
): uPlot.Options {
  const { fontFamily } = getComputedStyle(element)
  const colour = (token: string) => () => getComputedStyle(element).getPropertyValue(token)
  const units = distinctUnits(courses)
  const grid = { stroke: colour('--line'), width: 1 }
  const axis = { stroke: colour('--ink-muted'), ticks: { ...grid, size: 4 }, font: `12px ${fontFamily}` }
  const several = courses.length > 1
  return {
    width: element.clientWidth,
    height,
    legend: { show: false },
    padding: [8, units.length > 1 ? 0 : 8, 0, 0],
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
    scales: {
      x: { time: true },
      ...Object.fromEntries(units.map(unit => [scaleOf(unit), { range: rangeFor(courses.filter(one => one.unit === unit)) }])),
    },
    axes: [
      { ...axis, grid, size: 32, space: 70, values: clockFor(language) },
      ...units.slice(0, 2).map(
        (unit, at): uPlot.Axis => ({
          ...{ ...axis, scale: scaleOf(unit), side: at === 0 ? 3 : 1, size: axisWidth, space: 28 },
          grid: at === 0 ? grid : { show: false },
          values: (_, ticks) => ticks.map(tick => formatNumber(tick, language)),
          ...(several && unit
            ? { label: formatUnit(unit, language), labelSize: 16, labelGap: 0, labelFont: axis.font, size: axisWidth - 16 }
            : {}),
        }),
      ),
    ],
    series: [
      {},
      ...courses.flatMap(({ unit, colour: token, dashed }): uPlot.Series[] => {
        const bound = { scale: scaleOf(unit), stroke: 'transparent', points: { show: false } }
        const line = { width: 1.5, ...(dashed ? { dash: [5, 4] } : {}), stroke: colour(token), points: { show: false } }
        return [bound, { ...line, scale: scaleOf(unit) }, bound]
      }),
    ],
    bands: courses.flatMap(({ band, colour: token }, index) =>
      band
        ? [
            {
              series: [index * 3 + 3, index * 3 + 1] as [number, number],
              fill: () => `color-mix(in srgb, ${colour(token)()} 22%, transparent)`,
            },
          ]
        : [],
    ),
    hooks: {
      setCursor: [({ cursor: { left = -1 }, posToVal }) => acts.current.onPoint(left < 0 ? null : posToVal(left, 'x') * 1000)],
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

const scaleOf = (unit: string): string => `y ${unit}`

function clockFor(language: Language): uPlot.Axis.Values {
  const clock = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(language, options)
  const [second, time, day] = [
    clock({ hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' }),
    clock({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }),
    clock({ month: 'numeric', day: 'numeric' }),
  ]
  return (_, ticks, __, ___, apart) =>
    ticks.map(tick => {
      const at = new Date(tick * 1000)
      const midnight = at.getHours() + at.getMinutes() + at.getSeconds() === 0
      return (apart >= 86_400 || midnight ? day : apart < 60 ? second : time).format(at)
    })
}

/** Never so close that the last digit of the sensor fills the chart. */
function rangeFor(courses: readonly Course[]): uPlot.Range.Function {
  const narrowest = 10 * 10 ** -Math.max(...courses.map(({ decimals }) => decimals))
  const least = Math.min(...courses.map(one => one.least))
  return (_, low, high) => {
    const [from, to] = [low ?? 0, high ?? 1]
    const room = Math.max((to - from) * 0.08, (narrowest - (to - from)) / 2, 0)
    return [Math.max(from - room, Math.min(least, from)), to + room]
  }
}
