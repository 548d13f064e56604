import { stateFilters } from '../core/index.ts'

/** What the address of a fleet page says of what is to be shown. */
export function wishOf(search: URLSearchParams) {
  const id = (name: string) => (/^[\da-f-]{36}$/.test(search.get(name) ?? '') ? search.get(name)! : undefined)
  return {
    q: search.get('q')?.slice(0, 200) || undefined,
    state: stateFilters.find(state => state === search.get('state')),
    type: id('type'),
    site: search.get('site')?.slice(0, 200) || undefined,
    by: search.get('view') === 'list' ? ('health' as const) : undefined,
  }
}

export const companyOf = (search: URLSearchParams): string | undefined =>
  /^[\da-f-]{36}$/.test(search.get('company') ?? '') ? search.get('company')! : undefined
