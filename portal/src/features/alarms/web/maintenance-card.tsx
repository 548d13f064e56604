import { useState } from 'react'
import { useRevalidator } from 'react-router'
import { ProblemNotice } from '#features/accounts/web'
import { formatTime } from '#platform/core'
import { ActionButton, api, SelectField, useLanguage, useProblem, useTexts, useTimeZone } from '#platform/web'
import { type PlannedMaintenance as Planned, setMaintenance } from '../core/index.ts'
import style from './alarms.module.css'
import { PlannedMaintenance } from './planned-maintenance.tsx'

const lengths = [1, 8, 24, 168] as const

interface MaintenanceCardProps {
  deviceId: string
  /** until when alarms wait; null: they do not */
  until: string | null
  planned: readonly Planned[]
}

/** Lets alarms of a machine wait while somebody works on it, now or at a time that is planned. */
export function MaintenanceCard({ deviceId, until, planned }: MaintenanceCardProps) {
  const t = useTexts('alarms')
  const language = useLanguage()
  const zone = useTimeZone()
  const { revalidate } = useRevalidator()
  const { problem, attempt } = useProblem()
  const [hours, setHours] = useState('8')
  const [busy, setBusy] = useState(false)
  const set = async (end: string | null) => {
    setBusy(true)
    await attempt(() => api.call(setMaintenance, { params: { deviceId }, body: { until: end } }))
    await revalidate()
    setBusy(false)
  }
  return (
    <section className={style.section}>
      <h2>{t('maintenance')}</h2>
      <ProblemNotice problem={problem} />
      {until ? (
        <>
          <p>{t('maintenanceUntil', { at: formatTime(until, language, zone) })}</p>
          <div className={style.actions}>
            <ActionButton disabled={busy} onClick={() => void set(null)}>
              {t('endMaintenance')}
            </ActionButton>
          </div>
        </>
      ) : (
        <>
          <p className={style.muted}>{t('maintenanceHelp')}</p>
          <div className={style.actions}>
            <SelectField
              label={t('maintenanceFor')}
              value={hours}
              onChange={event => setHours(event.target.value)}
              options={lengths.map(value => ({ value, label: t(`hours.${value}`) }))}
            />
            <ActionButton
              disabled={busy}
              onClick={() => void set(new Date(Date.now() + Number(hours) * 3_600_000).toISOString())}
            >
              {t('beginMaintenance')}
            </ActionButton>
          </div>
        </>
      )}
      <PlannedMaintenance deviceId={deviceId} planned={planned} onChange={revalidate} />
    </section>
  )
}
