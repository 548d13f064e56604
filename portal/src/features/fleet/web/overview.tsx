import { useCallback } from 'react'
import { useRevalidator } from 'react-router'
import { ComponentList } from '#features/devices/web'
import { type DeviceMetrics, getHistory, getMetrics, getMyHistory, getMyMetrics } from '#features/telemetry/core'
import { LastValues } from '#features/telemetry/web'
import { api, LocaleLink, useTexts } from '#platform/web'
import type { Standing } from '../core/index.ts'
import style from './overview.module.css'
import { StandingCards } from './standing-cards.tsx'

interface Props {
  deviceId: string
  side: 'own' | 'console'
  standing: Standing
  metrics: DeviceMetrics
  components: Parameters<typeof ComponentList>[0]['components']
  /** when it was read, in milliseconds since 1970 */
  at: number
  /** address of the machine's pages, without the language: /account/machines/{id} */
  machine: string
}

/** How one machine is: its state and why, what it measured last, how old its components are. Goes on by itself. */
export function Overview({ deviceId, side, standing, metrics, components, at, machine }: Props) {
  const t = useTexts('fleet')
  const { revalidate } = useRevalidator()
  const [ofMetrics, ofHistory] = side === 'own' ? [getMyMetrics, getMyHistory] : [getMetrics, getHistory]
  const readMetrics = useCallback(() => api.call(ofMetrics, { params: { deviceId } }), [ofMetrics, deviceId])
  const readHistory = useCallback(
    (metric: string, { from, to }: { from: number; to: number }) =>
      api.call(ofHistory, {
        params: { deviceId, metric },
        query: { from: new Date(from).toISOString(), to: new Date(to).toISOString(), points: 60 },
      }),
    [ofHistory, deviceId],
  )
  return (
    <div className={style.page}>
      <StandingCards {...{ standing, machine }} />
      <section className={style.section}>
        <h2>{t('values')}</h2>
        <LastValues
          {...{ deviceId, side, readMetrics, readHistory }}
          first={{ metrics, at }}
          onChange={() => void revalidate()}
          key={deviceId}
        />
        <p>
          <LocaleLink to={`${machine}/readings`}>{t('allReadings')}</LocaleLink>
        </p>
      </section>
      {components.length > 0 ? (
        <section className={style.section}>
          <h2>{t('components')}</h2>
          <ComponentList components={components} today={new Date(at).toISOString().slice(0, 10)} />
        </section>
      ) : null}
    </div>
  )
}
