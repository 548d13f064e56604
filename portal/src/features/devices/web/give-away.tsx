import { useState } from 'react'
import { useRevalidator } from 'react-router'
import { ProblemNotice } from '#features/accounts/web'
import { formatDate } from '#platform/core'
import { ActionButton, api, ConfirmDialog, useLanguage, useProblem, useTexts, useTimeZone } from '#platform/web'
import {
  type DeviceRole,
  deviceRoles,
  type IssuedClaimCode,
  issueMyCode,
  type OwnDeviceDetail,
  withdrawMyCode,
} from '../core/index.ts'
import { CodeOnce } from './code-once.tsx'
import style from './machines.module.css'

/** Codes with which other companies take the machine over, operate it or look after it. */
export function GiveAway({ device }: { device: OwnDeviceDetail }) {
  const t = useTexts('devices')
  const { revalidate } = useRevalidator()
  const { problem, attempt } = useProblem()
  const [asks, setAsks] = useState(false)
  const [issued, setIssued] = useState<IssuedClaimCode | null>(null)
  const params = { deviceId: device.id }
  const issue = async (role: DeviceRole) => {
    setAsks(false)
    const made = await attempt(() => api.call(issueMyCode, { params, body: { role } }))
    if (made) setIssued(made)
    await revalidate()
  }
  const withdraw = async (codeId: string) => {
    await attempt(() => api.call(withdrawMyCode, { params: { ...params, codeId } }))
    setIssued(null)
    await revalidate()
  }
  return (
    <section className={style.section}>
      <h2>{t('give.title')}</h2>
      <p className={style.muted}>{t('give.lead')}</p>
      <ProblemNotice problem={problem} />
      {issued ? <CodeOnce issued={issued} title={t('once.title')} onDone={() => setIssued(null)} /> : null}
      <Waiting codes={device.codes} onWithdraw={codeId => void withdraw(codeId)} />
      <div className={style.actions}>
        {deviceRoles.toReversed().map(role => (
          <ActionButton key={role} size="small" onClick={() => (role === 'owner' ? setAsks(true) : void issue(role))}>
            {t(`give.${role}`)}
          </ActionButton>
        ))}
      </div>
      <ConfirmDialog
        open={asks}
        title={t('give.ownerTitle', { machine: `${device.model} ${device.serial}` })}
        action={t('give.make')}
        danger
        onConfirm={() => void issue('owner')}
        onClose={() => setAsks(false)}
      >
        {t('give.ownerHelp')}
      </ConfirmDialog>
    </section>
  )
}

function Waiting({ codes, onWithdraw }: { codes: OwnDeviceDetail['codes']; onWithdraw(codeId: string): void }) {
  const t = useTexts('devices')
  const language = useLanguage()
  const zone = useTimeZone()
  if (codes.length === 0) return null
  return (
    <ul className={style.watchers} aria-label={t('give.waiting')}>
      {codes.map(({ id, role, expiresAt }) => (
        <li key={id} className={style.watcher}>
          <div>
            <strong>{t(`role.${role}`)}</strong>
            <span className={style.muted}>
              {[t('give.waiting'), expiresAt && t('give.until', { date: formatDate(expiresAt, language, zone) })]
                .filter(Boolean)
                .join(' · ')}
            </span>
          </div>
          <ActionButton
            size="small"
            strength="quiet"
            aria-label={t('give.withdrawOf', { role: t(`role.${role}`) })}
            onClick={() => onWithdraw(id)}
          >
            {t('give.withdraw')}
          </ActionButton>
        </li>
      ))}
    </ul>
  )
}
