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

export const rangeIn = (search: URLSearchParams): Range => ranges.find(range => range === search.get('range')) ?? 'day'

/** The time that was looked at closer; null: none is. */
export function zoomIn(search: URLSearchParams): Span | null {
  const [from, to] = [Number(search.get('from')), Number(search.get('to'))]
  return Number.isSafeInteger(from) && Number.isSafeInteger(to) && from > 0 && to > from ? { from, to } : null
}

export const queryOf = ({ from, to }: Span) => ({ from: new Date(from).toISOString(), to: new Date(to).toISOString() })
