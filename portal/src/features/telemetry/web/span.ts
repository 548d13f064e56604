/** A time that charts show, in milliseconds since 1970. */
export interface Span {
  from: number
  to: number
}

export const ranges = ['hour', 'day', 'week', 'month'] as const
export type Range = (typeof ranges)[number]

const hour = 3_600_000

/** How long each is, and how often its course is read anew while it ends now, in milliseconds. */
export const lengthOf: Record<Range, { span: number; every: number }> = {
  hour: { span: hour, every: 5000 },
  day: { span: 24 * hour, every: 30_000 },
  week: { span: 7 * 24 * hour, every: 120_000 },
  month: { span: 30 * 24 * hour, every: 300_000 },
}

/** No chart is shorter, in milliseconds. */
const shortest = 2000

export const rangeIn = (search: URLSearchParams): Range => ranges.find(range => range === search.get('range')) ?? 'day'

/** The time that was looked at closer; null: none is. */
export function zoomIn(search: URLSearchParams): Span | null {
  const [from, to] = [Number(search.get('from')), Number(search.get('to'))]
  return Number.isSafeInteger(from) && Number.isSafeInteger(to) && from > 0 && to > from ? { from, to } : null
}

/** For the address. */
export const writtenZoom = ({ from, to }: Span) => ({ from: String(Math.round(from)), to: String(Math.round(to)) })

export const queryOf = ({ from, to }: Span) => ({ from: new Date(from).toISOString(), to: new Date(to).toISOString() })

/** What the strip below the charts shows: the range that ends now, or as long a time around a closer look that lies elsewhere. */
export function overviewOf(whole: Span, zoom: Span | null): Span {
  if (!zoom || (zoom.from >= whole.from && zoom.to <= whole.to)) return whole
  const length = Math.max(whole.to - whole.from, (zoom.to - zoom.from) * 3)
  const middle = (zoom.from + zoom.to) / 2
  const to = Math.min(Math.max(middle + length / 2, zoom.to), Math.max(whole.to, zoom.to))
  return { from: to - length, to }
}

/** As long by this factor, about the middle. */
export function scaledBy({ from, to }: Span, factor: number): Span {
  const [middle, half] = [(from + to) / 2, Math.max((to - from) * factor, shortest) / 2]
  return { from: middle - half, to: middle + half }
}

/** Later by this share of its length; before that for less than none. */
export function movedBy({ from, to }: Span, share: number): Span {
  const by = (to - from) * share
  return { from: from + by, to: to + by }
}

/** As much of a time as lies in another, as long as it was where that is long enough. */
export function within({ from, to }: Span, outer: Span): Span {
  const length = Math.min(Math.max(to - from, shortest), outer.to - outer.from)
  const begin = Math.min(Math.max(from, outer.from), outer.to - length)
  return { from: begin, to: begin + length }
}

/** With one end moved to a moment; the other stays, and both keep their distance. */
export function withEnd(span: Span, end: 'from' | 'to', at: number, outer: Span): Span {
  const least = Math.max(shortest, (outer.to - outer.from) / 200)
  return end === 'from'
    ? { ...span, from: Math.max(outer.from, Math.min(at, span.to - least)) }
    : { ...span, to: Math.min(outer.to, Math.max(at, span.from + least)) }
}
