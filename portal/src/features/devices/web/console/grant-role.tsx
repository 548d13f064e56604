import { useState } from 'react'
import { useRevalidator } from 'react-router'
import { CompanySearch, type NamedCompany, ProblemNotice } from '#features/accounts/web'
import { ActionButton, api, BottomSheet, SelectField, useProblem, useTexts } from '#platform/web'
import { type DeviceDetail, grantRole } from '../../core/index.ts'
import style from './console.module.css'

/** Lets a company operate or look after a machine. */
export function GrantRole({ device, open, onClose }: { device: DeviceDetail; open: boolean; onClose(): void }) {
  const t = useTexts('devices')
  const { revalidate } = useRevalidator()
  const { problem, fields, attempt } = useProblem()
  const [picked, setPicked] = useState<NamedCompany | null>(null)
  const [role, setRole] = useState<'operator' | 'service-partner'>('operator')
  const send = async () => {
    const body = { companyId: picked!.id, role }
    if (!(await attempt(() => api.call(grantRole, { params: { deviceId: device.id }, body })))) return
    setPicked(null)
    onClose()
    await revalidate()
  }
  return (
    <BottomSheet open={open} title={t('console.grantTitle', { machine: `${device.model} ${device.serial}` })} onClose={onClose}>
      <div className={style.sheet}>
        <ProblemNotice problem={problem?.errors?.length ? null : problem} />
        <SelectField
          label={t('console.role')}
          value={role}
          onChange={event => setRole(event.target.value as typeof role)}
          help={t(`roleHelp.${role}`)}
          options={(['operator', 'service-partner'] as const).map(value => ({ value, label: t(`role.${value}`) }))}
        />
        <CompanySearch
          label={t('console.companySearch')}
          none={t('console.companiesNone')}
          onPick={setPicked}
          error={fields.companyId}
        >
          {picked ? <p>{t('console.chosen', { name: picked.name })}</p> : null}
        </CompanySearch>
        <ActionButton strength="primary" disabled={!picked} onClick={() => void send()}>
          {t('console.addRole')}
        </ActionButton>
      </div>
    </BottomSheet>
  )
}
