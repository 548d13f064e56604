import { useId, useState } from 'react'
import { ProblemNotice, useEntry } from '#features/accounts/web'
import { formatTime } from '#platform/core'
import { ActionButton, api, TextField, useLanguage, useProblem, useTexts, useTimeZone } from '#platform/web'
import { cancelMaintenance, type PlannedMaintenance as Planned, planMaintenance } from '../core/index.ts'
import style from './alarms.module.css'

interface PlannedMaintenanceProps {
  deviceId: string
  planned: readonly Planned[]
  onChange(): Promise<void>
}

/** When alarms of a machine will wait, and a form to plan another such time. */
export function PlannedMaintenance({ deviceId, planned, onChange }: PlannedMaintenanceProps) {
  const t = useTexts('alarms')
  const language = useLanguage()
  const zone = useTimeZone()
  const titleId = useId()
  const { problem, attempt } = useProblem()
  const cancel = async (windowId: string) => {
    await attempt(() => api.call(cancelMaintenance, { params: { deviceId, windowId } }))
    await onChange()
  }
  return (
    <>
      <h3 id={titleId}>{t('planned.title')}</h3>
      <ProblemNotice problem={problem} />
      {planned.length === 0 ? <p className={style.muted}>{t('planned.none')}</p> : null}
      <ul className={style.planned} aria-labelledby={titleId}>
        {planned.map(({ id, from, until, by }) => {
          const time = t('planned.time', { from: formatTime(from, language, zone), until: formatTime(until, language, zone) })
          return (
            <li key={id}>
              <span suppressHydrationWarning>
                {time} <small className={style.muted}>{t(`planned.by.${by}`)}</small>
              </span>
              <ActionButton
                size="small"
                strength="quiet"
                aria-label={t('planned.cancelOf', { time })}
                onClick={() => void cancel(id)}
              >
                {t('planned.cancel')}
              </ActionButton>
            </li>
          )
        })}
      </ul>
      <PlanForm deviceId={deviceId} onChange={onChange} />
    </>
  )
}

function PlanForm({ deviceId, onChange }: Omit<PlannedMaintenanceProps, 'planned'>) {
  const t = useTexts('alarms')
  const [opened, setOpened] = useState(false)
  const entry = useEntry(
    typed => ({
      ...(typed.text('from') ? {} : { from: t('planned.missing') }),
      ...(typed.text('until') ? {} : { until: t('planned.missing') }),
    }),
    async typed => {
      const body = { from: instant(typed.text('from')), until: instant(typed.text('until')) }
      await api.call(planMaintenance, { params: { deviceId }, body })
      setOpened(false)
      await onChange()
    },
  )
  if (!opened)
    return (
      <div className={style.actions}>
        <ActionButton size="small" onClick={() => setOpened(true)}>
          {t('planned.plan')}
        </ActionButton>
      </div>
    )
  return (
    <form className={style.planForm} method="post" noValidate onSubmit={entry.onSubmit}>
      <ProblemNotice problem={entry.problem} />
      <TextField label={t('planned.from')} name="from" type="datetime-local" required error={entry.errors.from} />
      <TextField label={t('planned.until')} name="until" type="datetime-local" required error={entry.errors.until} />
      <div className={style.actions}>
        <ActionButton type="submit" disabled={entry.busy}>
          {t('planned.plan')}
        </ActionButton>
        <ActionButton strength="quiet" onClick={() => setOpened(false)}>
          {t('planned.close')}
        </ActionButton>
      </div>
    </form>
  )
}

/** What was typed is in the zone of whoever typed it. */
const instant = (local: string): string => new Date(local).toISOString()
