import type { CompanyRecordView } from '#features/accounts/core'
import { type DeviceView, listDevicesOf } from '#features/devices/core'
import { MachinesTable } from '#features/devices/web'
import { inLanguage, pathIn } from '#platform/core'
import { api, type Column, DataTable, DescriptionList, StatusBadge, useLanguage, useTexts } from '#platform/web'
import { columnsOf, type SheetKind } from '../core/form.ts'
import style from './imports.module.css'

interface Props {
  companyId: string
  record: CompanyRecordView
  devices: { items: DeviceView[]; nextCursor: string | null }
}

/** What staff know of a company: its record, contacts who need not have an account, and machines. */
export function CompanyRecord({ companyId, record, devices }: Props) {
  const t = useTexts('imports')
  const ofDevices = useTexts('devices')
  const language = useLanguage()
  const facts = useTitles('company').flatMap(({ field, title }) => {
    const value = record[field as 'address']
    return field in record && value ? [{ term: title, value }] : []
  })
  return (
    <div className={`${style.stack} ${style.below}`}>
      {facts.length > 0 ? (
        <section className={style.section}>
          <h2>{t('record.title')}</h2>
          <DescriptionList items={facts} />
        </section>
      ) : null}
      <section className={style.section}>
        <h2>{t('record.contacts')}</h2>
        <p className={style.help}>{t('record.contactsHelp')}</p>
        <DataTable
          label={t('record.contacts')}
          columns={useContactColumns()}
          rows={record.contacts}
          rowId={({ id }) => id}
          empty={<p>{t('record.noContacts')}</p>}
        />
      </section>
      <section className={style.section}>
        <h2>{ofDevices('ofCompany')}</h2>
        <MachinesTable
          page={devices}
          more={cursor => api.call(listDevicesOf, { params: { companyId }, query: { cursor } })}
          title={ofDevices('ofCompany')}
          href={({ id }) => pathIn(language, `/console/devices/${id}`)}
          empty={<p>{ofDevices('noneOfCompany')}</p>}
        />
      </section>
    </div>
  )
}

/** Fields of a sheet as people call them. */
function useTitles(kind: SheetKind): { field: string; title: string }[] {
  const language = useLanguage()
  return columnsOf(kind).map(({ field, title }) => ({ field, title: inLanguage(title, language) }))
}

type Contact = CompanyRecordView['contacts'][number]

function useContactColumns(): Column<Contact>[] {
  const t = useTexts('imports')
  const titles = Object.fromEntries(useTitles('contact').map(({ field, title }) => [field, title]))
  return [
    {
      id: 'name',
      title: titles.name!,
      cell: ({ name, accountId }) => (
        <>
          {name} {accountId ? <StatusBadge tone="good">{t('record.account')}</StatusBadge> : null}
        </>
      ),
    },
    { id: 'post', title: titles.post!, optional: true, cell: ({ post }) => post },
    { id: 'phone', title: titles.phone!, narrow: true, cell: ({ phone }) => phone && <a href={`tel:${phone}`}>{phone}</a> },
    { id: 'email', title: titles.email!, cell: ({ email }) => email && <a href={`mailto:${email}`}>{email}</a> },
    { id: 'notes', title: titles.notes!, optional: true, cell: ({ notes }) => notes },
  ]
}
