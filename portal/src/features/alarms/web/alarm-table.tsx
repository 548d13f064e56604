import type { ReactNode } from 'react'
import { formatTime, type Page } from '#platform/core'
import { api, type Column, DataTable, StatusBadge, useLanguage, usePages, useTexts, useTimeZone } from '#platform/web'
import { type AlarmFlood, type ListedAlarm, listAlarms } from '../core/index.ts'
import { SeverityBadge, StateBadge } from './alarm-words.tsx'
import { FloodNotice } from './flood-notice.tsx'

interface Props {
  first: Page<ListedAlarm> & { flood: AlarmFlood | null }
  /** another page of them */
  more: (cursor: string) => Promise<Page<ListedAlarm>>
  href: (alarm: ListedAlarm) => string
  /** where there are several machines: which one it is of, and the path below which those of each are */
  machinesBelow?: string
  /** who looks after it, for staff */
  assignee?: boolean
  empty: ReactNode
}

/** Further pages of what was asked for. */
export const moreAlarms = (query: Record<string, string | undefined>) => (cursor: string) =>
  api.call(listAlarms, { query: { ...query, cursor } as never })

/** Alarms with severity and state, the last first. */
export function AlarmTable({ first, more, href, machinesBelow, assignee = false, empty }: Props) {
  const t = useTexts('alarms')
  const pages = usePages(first, more)
  const columns = useColumns({ machine: machinesBelow !== undefined, assignee })
  return (
    <>
      {first.flood ? <FloodNotice flood={first.flood} below={machinesBelow} /> : null}
      <DataTable label={t('title')} columns={columns} {...pages} rowId={({ id }) => id} rowHref={href} empty={empty} />
    </>
  )
}

function useColumns({ machine, assignee }: { machine: boolean; assignee: boolean }): Column<ListedAlarm>[] {
  const t = useTexts('alarms')
  const language = useLanguage()
  const zone = useTimeZone()
  const at = (moment: string) => <time dateTime={moment}>{formatTime(moment, language, zone)}</time>
  return [
    {
      id: 'name',
      title: t('name'),
      cell: ({ name, chatters }) => (
        <>
          {name[language]} {chatters ? <StatusBadge tone="warn">{t('chatters')}</StatusBadge> : null}
        </>
      ),
    },
    ...(machine
      ? [
          {
            id: 'machine',
            title: t('machine'),
            cell: ({ device }: ListedAlarm) => `${device.model} ${device.serial}`,
          },
        ]
      : []),
    { id: 'severity', title: t('severityTitle'), cell: ({ severity }) => <SeverityBadge severity={severity} />, narrow: true },
    { id: 'state', title: t('stateTitle'), cell: ({ state }) => <StateBadge state={state} />, narrow: true },
    { id: 'raised', title: t('raisedAt'), cell: ({ raisedAt }) => at(raisedAt), narrow: true, optional: true },
    {
      id: 'cleared',
      title: t('clearedAt'),
      cell: ({ clearedAt }) => (clearedAt ? at(clearedAt) : t('stillHolds')),
      narrow: true,
      optional: true,
    },
    ...(assignee
      ? [
          {
            id: 'assignee',
            title: t('assignee'),
            cell: (alarm: ListedAlarm) => alarm.assignee?.name ?? t('nobody'),
            optional: true,
          },
        ]
      : []),
  ]
}
