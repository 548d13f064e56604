import { type ReactNode, useCallback } from 'react'
import { useRevalidator } from 'react-router'
import { ComponentList } from '#features/devices/web'
import { type DeviceMetrics, getHistory, getMetrics, getMyHistory, getMyMetrics } from '#features/telemetry/core'
import { LastValues } from '#features/telemetry/web'
import { formatNumber, formatTime } from '#platform/core'
import { api, LocaleLink, useLanguage, useTexts, useTimeZone } from '#platform/web'
import type { Standing } from '../core/index.ts'
import style from './overview.module.css'
import { StateSign } from './state-sign.tsx'

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
      <div className={style.top}>
        <StateCard standing={standing} />
        <HealthCard health={standing.health} />
        <AlarmsCard alarms={standing.alarms} machine={machine} />
      </div>
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

function Card({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className={style.card}>
      <h2>{title}</h2>
      {children}
    </section>
  )
}

function StateCard({ standing: { state, contact, contactSince, lastAt } }: { standing: Standing }) {
  const t = useTexts('fleet')
  const at = useMoments()
  return (
    <Card title={t('state.label')}>
      <StateSign state={state ?? 'unknown'} large />
      <p>{t(`stateHelp.${state ?? 'unknown'}`)}</p>
      <p className={style.muted}>
        {t(`contact.${contact}`)}
        {contactSince ? ` ${t('since', { at: at(contactSince) })}` : ''}
      </p>
      {lastAt ? <p className={style.muted}>{t('lastAt', { at: at(lastAt) })}</p> : null}
    </Card>
  )
}

function HealthCard({ health }: { health: Standing['health'] }) {
  const t = useTexts('fleet')
  const language = useLanguage()
  const at = useMoments()
  if (health === null || health.kind !== 'known' || health.index === null)
    return (
      <Card title={t('health.title')}>
        <p className={style.muted}>{t(health?.kind === 'learning' ? 'health.learning' : 'health.unknown')}</p>
      </Card>
    )
  return (
    <Card title={t('health.title')}>
      <p>
        <strong className={style.index}>{formatNumber(health.index, language, 0)}</strong> {t('health.of')}
      </p>
      <meter
        className={style.meter}
        min={0}
        max={100}
        low={40}
        high={61}
        optimum={100}
        value={health.index}
        aria-label={t('health.title')}
      />
      <ul className={style.reasons}>
        {health.reasons.map(({ text }) => (
          <li key={text.en}>{text[language]}</li>
        ))}
      </ul>
      {health.asOf ? <p className={style.muted}>{t('health.asOf', { at: at(health.asOf) })}</p> : null}
    </Card>
  )
}

function AlarmsCard({ alarms, machine }: { alarms: Standing['alarms']; machine: string }) {
  const t = useTexts('fleet')
  const language = useLanguage()
  const at = useMoments()
  return (
    <Card title={t('alarms.title')}>
      {alarms.length === 0 ? <p className={style.muted}>{t('alarms.none')}</p> : null}
      <ul className={style.alarms}>
        {alarms.map(({ id, severity, name, raisedAt }) => (
          <li key={id}>
            <strong>{t(`severity.${severity}`)}</strong> <LocaleLink to={`${machine}/alarms/${id}`}>{name[language]}</LocaleLink>{' '}
            <small className={style.muted}>{t('alarms.raised', { at: at(raisedAt) })}</small>
          </li>
        ))}
      </ul>
    </Card>
  )
}

function useMoments() {
  const language = useLanguage()
  const zone = useTimeZone()
  return (moment: string) => formatTime(moment, language, zone)
}
