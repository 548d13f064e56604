import { useState } from 'react'
import { useRevalidator } from 'react-router'
import { CompanySearch, type NamedCompany, ProblemNotice } from '#features/accounts/web'
import { api, Choice, ConfirmDialog, TextField, useProblem, useTexts } from '#platform/web'
import { type DeviceDetail, transferDevice } from '../../core/index.ts'
import style from './console.module.css'

interface TransferProps {
  device: DeviceDetail
  etag: string
  open: boolean
  onClose(): void
}

/** Makes a company the owner, or nobody; says what ends with it. */
export function TransferDevice({ device, etag, open, onClose }: TransferProps) {
  const t = useTexts('devices')
  const { revalidate } = useRevalidator()
  const { problem, fields, attempt } = useProblem()
  const [picked, setPicked] = useState<NamedCompany | null>(null)
  const [nobody, setNobody] = useState(false)
  const [reason, setReason] = useState('')
  const [wrong, setWrong] = useState<{ company?: string; reason?: string }>({})
  const send = async () => {
    const missing = {
      ...(picked || nobody ? {} : { company: t('console.companyMissing') }),
      ...(reason.trim() ? {} : { reason: t('console.reasonMissing') }),
    }
    setWrong(missing)
    if (Object.keys(missing).length > 0) return
    const body = { companyId: nobody ? null : picked!.id, reason }
    const done = await attempt(() => api.call(transferDevice, { params: { deviceId: device.id }, ifMatch: etag, body }))
    if (!done) return
    setPicked(null)
    setNobody(false)
    setReason('')
    onClose()
    await revalidate()
  }
  return (
    <ConfirmDialog
      open={open}
      title={t('console.transferTitle', { machine: `${device.model} ${device.serial}` })}
      action={t('console.transfer')}
      danger
      onConfirm={() => void send()}
      onClose={onClose}
    >
      <div className={style.sheet}>
        <ProblemNotice problem={problem?.errors?.length ? null : problem} />
        <p>{t('console.transferHelp')}</p>
        {nobody ? null : (
          <CompanySearch
            label={t('console.companySearch')}
            none={t('console.companiesNone')}
            onPick={setPicked}
            error={wrong.company ?? fields.companyId}
          >
            {picked ? <p>{t('console.chosen', { name: picked.name })}</p> : null}
          </CompanySearch>
        )}
        {device.owner ? (
          <Choice
            type="checkbox"
            checked={nobody}
            onChange={event => setNobody(event.target.checked)}
            label={t('console.toNobody')}
          />
        ) : null}
        <TextField
          label={t('console.reason')}
          help={t('console.reasonHelp')}
          required
          maxLength={300}
          value={reason}
          error={wrong.reason ?? fields.reason}
          onChange={event => setReason(event.target.value)}
        />
      </div>
    </ConfirmDialog>
  )
}
