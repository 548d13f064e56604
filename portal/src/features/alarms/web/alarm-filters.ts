import { type Filter, useTexts } from '#platform/web'
import { alarmStates, severities } from '../core/index.ts'

/** Names of the filters of alarms in the URL. */
export const alarmFilters = ['q', 'state', 'severity', 'assigned', 'type'] as const

/** What the URL asks for; what is none of the choices is left out. */
export function filtersIn(search: URLSearchParams) {
  const chosen = <T extends string>(name: string, among: readonly T[]) => among.find(one => one === search.get(name))
  const type = search.get('type')
  return {
    q: search.get('q')?.slice(0, 200) || undefined,
    state: chosen('state', ['open', ...alarmStates]),
    severity: chosen('severity', severities),
    assigned: chosen('assigned', ['me', 'nobody']),
    typeId: type && /^[\da-f-]{36}$/.test(type) ? type : undefined,
  }
}

/** The filters that everybody has. */
export function useFilters(): Filter[] {
  const t = useTexts('alarms')
  return [
    {
      id: 'state',
      label: t('stateTitle'),
      options: [{ value: 'open', label: t('open') }, ...alarmStates.map(value => ({ value, label: t(`state.${value}`) }))],
    },
    {
      id: 'severity',
      label: t('severityTitle'),
      options: severities.map(value => ({ value, label: t(`severity.${value}`) })),
    },
  ]
}
