import { createContext, type ReactNode, useContext } from 'react'
import { formatNumber, formatTime } from '#platform/core'
import { LocaleLink, useLanguage, useTexts, useTimeZone } from '#platform/web'
import type { Standing } from '../core/index.ts'
import style from './overview.module.css'
import { StateSign } from './state-sign.tsx'

interface Props {
  standing: Standing
  /** address of the machine's pages, without the language: /account/machines/{id} */
  machine: string
  /** below which heading they stand */
  heading?: 'h2' | 'h3'
}

const CardHeading = createContext<'h2' | 'h3'>('h2')

/** How a machine stands in three cards: its state, its health with reasons, its open alarms. */
export function StandingCards({ standing, machine, heading = 'h2' }: Props) {
  return (
    <CardHeading value={heading}>
      <div className={style.top}>
        <StateCard standing={standing} />
        <HealthCard health={standing.health} />
        <AlarmsCard alarms={standing.alarms} machine={machine} />
      </div>
    </CardHeading>
  )
}

function Card({ title, children }: { title: string; children: ReactNode }) {
  const Heading = useContext(CardHeading)
  return (
    <section className={style.card}>
      <Heading>{title}</Heading>
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
