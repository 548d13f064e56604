import type { History } from './api.ts'

type Point = History['points'][number]

/** What was measured at a moment: the step it lies in, or null where nothing was. at: milliseconds since 1970 */
export function pointAt({ points, step }: History, at: number): Point | null {
  let [low, high] = [0, points.length - 1]
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (Date.parse(points[middle]!.at) <= at) low = middle
    else high = middle - 1
  }
  const point = points[low]
  if (!point) return null
  const since = at - Date.parse(point.at)
  return since >= 0 && since < Math.max(step, reach(points, low)) ? point : null
}

/** Readings that are seldom hold until the next one, unless that is much later than they usually are. */
function reach(points: readonly Point[], index: number): number {
  const at = Date.parse(points[index]!.at)
  const before = index > 0 ? at - Date.parse(points[index - 1]!.at) : 0
  const after = index + 1 < points.length ? Date.parse(points[index + 1]!.at) - at : before
  return Math.min(after, before === 0 ? after : before * 3)
}

/** The same course in at most so many steps, for tables that are read line by line. */
export function coarser(history: History, most: number): History {
  const { step, points } = history
  if (points.length <= most) return history
  const first = Date.parse(points[0]!.at)
  const span = Date.parse(points.at(-1)!.at) + step - first
  const longer = Math.ceil(span / most / step) * step
  const merged = Map.groupBy(points, ({ at }) => Math.floor((Date.parse(at) - first) / longer))
  return { ...history, step: longer, points: [...merged.values()].map(together) }
}

function together(points: readonly Point[]): Point {
  const count = points.reduce((sum, point) => sum + point.count, 0)
  return {
    at: points[0]!.at,
    min: Math.min(...points.map(({ min }) => min)),
    max: Math.max(...points.map(({ max }) => max)),
    mean: points.reduce((sum, point) => sum + point.mean * point.count, 0) / count,
    count,
  }
}

/** One course of a file of readings. */
export interface CsvColumn {
  title: string
  decimals: number
  history: History
}

/**
 * Courses side by side as CSV (RFC 4180): a line for each moment with readings, ISO 8601, and of each course lowest, mean and highest.
 * words: the headings
 */
export function readingsCsv(
  columns: readonly CsvColumn[],
  words: { at: string; min: string; mean: string; max: string },
): string {
  const lines = new Map<string, string[]>()
  columns.forEach(({ history, decimals }, index) => {
    for (const { at, min, mean, max } of history.points) {
      const line = lines.get(at) ?? Array<string>(columns.length * 3).fill('')
      lines.set(at, line)
      line.splice(index * 3, 3, ...[min, mean, max].map(value => value.toFixed(decimals)))
    }
  })
  const head = [
    words.at,
    ...columns.flatMap(({ title }) => [words.min, words.mean, words.max].map(word => `${title} · ${word}`)),
  ].map(cell)
  const body = [...lines].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([at, values]) => [at, ...values])
  return [head, ...body].map(line => `${line.join(',')}\r\n`).join('')
}

/** A heading in quotes; an apostrophe stands before what a table calculation would take for a formula (OWASP). */
const cell = (text: string): string => `"${(/^[=+\-@\t\r]/.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`
