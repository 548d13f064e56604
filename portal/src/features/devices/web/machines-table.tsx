import type { ReactNode } from 'react'
import { formatDay } from '#platform/core'
import { type Column, DataTable, useLanguage, usePages, useTexts } from '#platform/web'
import type { DeviceView } from '../core/index.ts'

interface Props {
  page: { items: DeviceView[]; nextCursor: string | null }
  more(cursor: string): Promise<Props['page']>
  title: string
  empty: ReactNode
  /** where a machine leads; absent: nowhere */
  href?(device: DeviceView): string
}

/** Machines with what is on their nameplates. */
export function MachinesTable({ page, more, title, empty, href }: Props) {
  return (
    <DataTable
      label={title}
      columns={useColumns()}
      {...usePages(page, more)}
      rowId={({ id }) => id}
      {...(href ? { rowHref: href } : {})}
      empty={empty}
    />
  )
}

function useColumns(): Column<DeviceView>[] {
  const t = useTexts('devices')
  const language = useLanguage()
  const day = (value: string | null) => value && <time dateTime={value}>{formatDay(value, language)}</time>
  return [
    { id: 'serial', title: t('serial'), narrow: true, cell: ({ serial }) => serial },
    { id: 'model', title: t('model'), cell: ({ model }) => model },
    { id: 'typeCode', title: t('typeCode'), optional: true, cell: ({ typeCode }) => typeCode },
    { id: 'delivered', title: t('delivered'), narrow: true, optional: true, cell: ({ deliveredOn }) => day(deliveredOn) },
    { id: 'warranty', title: t('warranty'), narrow: true, cell: ({ warrantyUntil }) => day(warrantyUntil) },
    { id: 'site', title: t('site'), optional: true, cell: ({ site }) => site },
  ]
}
