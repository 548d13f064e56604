import { useState } from 'react'
import { useRevalidator } from 'react-router'
import { ProblemNotice } from '#features/accounts/web'
import { fillPath, formatTime } from '#platform/core'
import { ActionButton, ActionLink, api, useLanguage, useProblem, useTexts, useTimeZone } from '#platform/web'
import { type DeviceDetail, getLabel, type IssuedClaimCode, issueClaimCode, withdrawClaimCode } from '../../core/index.ts'
import { CodeOnce } from '../code-once.tsx'
import style from './console.module.css'

/** The label by which a customer becomes the owner of a machine. */
export function ClaimCard({ device, mayWrite }: { device: DeviceDetail; mayWrite: boolean }) {
  const t = useTexts('devices')
  const language = useLanguage()
  const zone = useTimeZone()
  const { revalidate } = useRevalidator()
  const { problem, attempt } = useProblem()
  const [issued, setIssued] = useState<IssuedClaimCode | null>(null)
  const params = { deviceId: device.id }
  const waits = device.claimCode
  const issue = async () => {
    const made = await attempt(() => api.call(issueClaimCode, { params }))
    if (made) setIssued(made)
    await revalidate()
  }
  const withdraw = async () => {
    await attempt(() => api.call(withdrawClaimCode, { params }))
    setIssued(null)
    await revalidate()
  }
  return (
    <section className={style.card}>
      <h2>{t('console.claim')}</h2>
      <p className={style.muted}>{device.owner ? t('console.claimOwned') : t('console.claimHelp')}</p>
      <ProblemNotice problem={problem} />
      {issued && waits ? (
        <CodeOnce issued={issued} title={t('once.label')} onDone={() => setIssued(null)}>
          <ActionLink
            strength="primary"
            reloadDocument
            to={`/api/v1${fillPath(getLabel.path, { ...params, code: issued.code })}`}
          >
            {t('console.printLabel')}
          </ActionLink>
        </CodeOnce>
      ) : null}
      {waits && !issued ? (
        <p>
          {t('console.claimWaiting', { at: formatTime(waits.issuedAt, language, zone) })} {t('console.reissueHelp')}
        </p>
      ) : null}
      {mayWrite && !device.owner ? (
        <div className={style.actions}>
          {issued ? null : (
            <ActionButton size="small" onClick={() => void issue()}>
              {t(waits ? 'console.reissue' : 'console.issue')}
            </ActionButton>
          )}
          {waits ? (
            <ActionButton size="small" strength="quiet" onClick={() => void withdraw()}>
              {t('console.withdraw')}
            </ActionButton>
          ) : null}
        </div>
      ) : null}
    </section>
  )
}
