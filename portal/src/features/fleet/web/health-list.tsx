import { formatNumber, formatTime, pathIn } from '#platform/core'
import { type Column, DataTable, useLanguage, useTexts, useTimeZone } from '#platform/web'
import type { FleetMember } from '../core/index.ts'
import { StateSign } from './state-sign.tsx'
import { addressOf } from './tile.tsx'

/** Machines in the order they come in, with their health as a number. */
export function useFleetList(side: 'own' | 'console', rows: readonly FleetMember[]) {
  const t = useTexts('fleet')
  const language = useLanguage()
  const zone = useTimeZone()
  const columns: Column<FleetMember>[] = [
    { id: 'machine', title: t('machine'), cell: ({ model, serial }) => `${model} ${serial}` },
    {
      id: 'health',
      title: t('health.title'),
      narrow: true,
      cell: ({ health }) => (health?.index == null ? '–' : formatNumber(health.index, language, 0)),
    },
    { id: 'state', title: t('state.label'), cell: ({ state }) => <StateSign state={state ?? 'unknown'} /> },
    { id: 'alarms', title: t('alarms.title'), narrow: true, cell: ({ alarms }) => formatNumber(alarms.count, language) },
    {
      id: 'contact',
      title: t('lastReading'),
      optional: true,
      cell: ({ contact, lastAt }) => (lastAt ? formatTime(lastAt, language, zone) : t(`contact.${contact}`)),
    },
    ...(side === 'console'
      ? [{ id: 'company', title: t('company'), optional: true, cell: ({ company }: FleetMember) => company?.name ?? t('nobody') }]
      : []),
    { id: 'site', title: t('site'), optional: true, cell: ({ site }) => site },
  ]
  return (
    <DataTable
      label={t('views.list')}
      columns={columns}
      rows={rows}
      hasMore={false}
      loadingMore={false}
      moreProblem={undefined}
      onMore={() => {}}
      rowId={({ id }) => id}
      rowHref={member => pathIn(language, addressOf(member, side))}
      empty={null}
    />
  )
}
