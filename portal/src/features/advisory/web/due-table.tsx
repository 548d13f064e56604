import type { ReactNode } from 'react'
import { type Column, DataTable, useLanguage, useTexts } from '#platform/web'
import type { ListedTask } from '../core/index.ts'
import { DueBadge, useDueWords } from './due-words.tsx'

interface DueTableProps {
  rows: readonly ListedTask[]
  /** where a machine's maintenance stands */
  href(deviceId: string): string
  /** for staff: whose machine it is */
  owner?: Column<ListedTask>
  empty: ReactNode
}

/** What is due on several machines, most pressing first. */
export function DueTable({ rows, href, owner, empty }: DueTableProps) {
  const t = useTexts('advisory')
  const language = useLanguage()
  const when = useDueWords()
  const columns: Column<ListedTask>[] = [
    { id: 'machine', title: t('machine'), cell: ({ device }) => `${device.model} ${device.serial}` },
    { id: 'task', title: t('task'), cell: ({ task }) => task.name[language] },
    { id: 'state', title: t('stateTitle'), cell: ({ task }) => <DueBadge state={task.due.state} />, narrow: true },
    { id: 'when', title: t('whenDue'), cell: ({ task }) => when(task), optional: true },
    ...(owner ? [owner] : []),
  ]
  return (
    <DataTable
      label={t('all')}
      columns={columns}
      rows={rows}
      rowId={({ device, task }) => `${device.id} ${task.key}`}
      rowHref={({ device }) => href(device.id)}
      empty={empty}
    />
  )
}
