import { useCallback } from 'react'
import { Findings } from '#features/diagnosis/web'
import { addressOf, StandingCards } from '#features/fleet/web'
import { LastValues } from '#features/telemetry/web'
import { LocaleLink, useTexts } from '#platform/web'
import { getShown, getShownHistory, type ShownMachine } from '../core/index.ts'
import style from './embed.module.css'
import { useSite } from './site.ts'
import { Unshown } from './unshown.tsx'
import { useRead } from './use-read.ts'

/** How one machine is, in the page of another site: state, health with reasons, alarms, findings, last readings. Goes on by itself. */
export function MachineView({ deviceId }: { deviceId: string }) {
  const { api } = useSite()
  const ask = useCallback(() => api.call(getShown, { params: { deviceId } }), [api, deviceId])
  const [read, again] = useRead(ask)
  if (read.status !== 'shown') return <Unshown status={read.status} again={again} />
  return <Shown machine={read.value} at={read.at} again={again} key={deviceId} />
}

function Shown({ machine, at, again }: { machine: ShownMachine; at: number; again: () => Promise<ShownMachine> }) {
  const { id, model, serial, site, side, standing, metrics, health } = machine
  const t = useTexts('embed')
  const ofFleet = useTexts('fleet')
  const { api } = useSite()
  const address = addressOf(machine, side)
  const readMetrics = useCallback(async () => (await again()).metrics, [again])
  const readHistory = useCallback(
    (metric: string, { from, to }: { from: number; to: number }) =>
      api.call(getShownHistory, {
        params: { deviceId: id, metric },
        query: { from: new Date(from).toISOString(), to: new Date(to).toISOString(), points: 60 },
      }),
    [api, id],
  )
  const findings = health.findings.filter(({ until }) => until === null)
  return (
    <section className={style.machine} aria-label={t('machine', { name: `${model} ${serial}` })}>
      <header>
        <h2>
          {model} <span className={style.serial}>{serial}</span>
        </h2>
        {site ? <p className={style.muted}>{site}</p> : null}
      </header>
      <StandingCards standing={standing} machine={side === 'own' ? address : `/console/devices/${id}`} heading="h3" />
      {health.kind === 'known' ? (
        <section className={style.part}>
          <h3>{t('findings')}</h3>
          {findings.length === 0 ? <p className={style.muted}>{t('noFindings')}</p> : <Findings findings={findings} />}
        </section>
      ) : null}
      <section className={style.part}>
        <h3>{ofFleet('values')}</h3>
        <LastValues
          {...{ deviceId: id, side, readMetrics, readHistory }}
          first={{ metrics, at }}
          onChange={() => void again().catch(() => {})}
        />
      </section>
      <p>
        <LocaleLink to={address}>{t('portal')}</LocaleLink>
      </p>
    </section>
  )
}
