import { useCallback } from 'react'
import { Findings } from '#features/diagnosis/web'
import { addressOf, StandingCards } from '#features/fleet/web'
import { LastValues } from '#features/telemetry/web'
import { useTexts } from '#platform/web'
import style from './embed.module.css'
import type { ViewProps } from './machine-view.tsx'
import { useHistoryOf } from './use-history-of.ts'

/** How a machine stands: state, health with reasons, open alarms, findings, last readings. */
export function Standing({ machine, at, again }: ViewProps) {
  const { id, side, standing, metrics, health } = machine
  const t = useTexts('embed')
  const ofFleet = useTexts('fleet')
  const readMetrics = useCallback(async () => (await again()).metrics, [again])
  const readHistory = useHistoryOf(id, 60)
  const findings = health.findings.filter(({ until }) => until === null)
  return (
    <>
      <StandingCards
        standing={standing}
        machine={side === 'own' ? addressOf(machine, side) : `/console/devices/${id}`}
        heading="h3"
      />
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
    </>
  )
}
