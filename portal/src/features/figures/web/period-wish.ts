import { fits, isDay, type PeriodWish, periodKinds } from '../core/index.ts'

/** What the page's address says of period and product; what the API would refuse is left out. */
export function wishOf(search: URLSearchParams): PeriodWish & { product?: string | undefined } {
  const read = (name: string) => {
    const text = search.get(name) ?? ''
    return isDay(text) ? text : undefined
  }
  const period = periodKinds.find(kind => kind === search.get('period')) ?? 'month'
  const product = search.get('product')?.slice(0, 100) || undefined
  const [from, to] = [read('from'), read('to')]
  if (period !== 'days') return { period, at: read('at'), product }
  return fits({ from, to }) ? { period, from, to, product } : { period, product }
}
