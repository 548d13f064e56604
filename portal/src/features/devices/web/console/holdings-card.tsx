import { useState } from 'react'
import { useRevalidator } from 'react-router'
import { ProblemNotice } from '#features/accounts/web'
import { formatTime } from '#platform/core'
import { ActionButton, api, LocaleLink, useLanguage, useProblem, useTexts, useTimeZone } from '#platform/web'
import { type DeviceDetail, endRole, type HoldingView } from '../../core/index.ts'
import style from './console.module.css'
import { GrantRole } from './grant-role.tsx'
import { TransferDevice } from './transfer-device.tsx'

/** Whose a machine is and was, and who else has a role towards it. */
export function HoldingsCard({ device, etag, mayWrite }: { device: DeviceDetail; etag: string; mayWrite: boolean }) {
  const t = useTexts('devices')
  const [open, setOpen] = useState<'transfer' | 'grant' | null>(null)
  return (
    <section className={style.card}>
      <h2>{t('console.holdings')}</h2>
      {device.holdings.length === 0 ? <p className={style.muted}>{t('console.holdingsNone')}</p> : null}
      <ul className={style.items} aria-label={t('console.holdings')}>
        {device.holdings.map(holding => (
          <Holding key={holding.id} holding={holding} deviceId={device.id} mayWrite={mayWrite} />
        ))}
      </ul>
      {mayWrite ? (
        <div className={style.actions}>
          <ActionButton size="small" onClick={() => setOpen('transfer')}>
            {t('console.transfer')}
          </ActionButton>
          {device.owner ? (
            <ActionButton size="small" onClick={() => setOpen('grant')}>
              {t('console.grant')}
            </ActionButton>
          ) : null}
        </div>
      ) : null}
      <TransferDevice device={device} etag={etag} open={open === 'transfer'} onClose={() => setOpen(null)} />
      <GrantRole device={device} open={open === 'grant'} onClose={() => setOpen(null)} />
    </section>
  )
}

function Holding({ holding, deviceId, mayWrite }: { holding: HoldingView; deviceId: string; mayWrite: boolean }) {
  const t = useTexts('devices')
  const language = useLanguage()
  const zone = useTimeZone()
  const { revalidate } = useRevalidator()
  const { problem, attempt } = useProblem()
  const { id, company, role, from, until } = holding
  const end = async () => {
    await attempt(() => api.call(endRole, { params: { deviceId, roleId: id } }))
    await revalidate()
  }
  const time = (at: string | null, otherwise: string) =>
    at ? <time dateTime={at}>{formatTime(at, language, zone)}</time> : otherwise
  return (
    <li className={until ? style.past : undefined}>
      <div className={style.item}>
        <LocaleLink to={`/console/companies/${company.id}`}>{company.name}</LocaleLink>
        <span className={style.muted}>
          {t(`role.${role}`)} · {time(from, t('console.always'))} – {time(until, t('console.now'))}
        </span>
        <ProblemNotice problem={problem} />
      </div>
      {mayWrite && role !== 'owner' && until === null ? (
        <ActionButton
          size="small"
          strength="quiet"
          aria-label={t('console.endOf', { name: company.name })}
          onClick={() => void end()}
        >
          {t('console.end')}
        </ActionButton>
      ) : null}
    </li>
  )
}
