import type { ReactNode } from 'react'
import { type LoaderFunctionArgs, type MetaFunction, useLoaderData } from 'react-router'
import { formatTime, translate } from '#platform/core'
import {
  api,
  apiContext,
  DescriptionList,
  LocaleLink,
  languageContext,
  Notice,
  PageHeader,
  useLanguage,
  useTexts,
  useTimeZone,
} from '#platform/web'
import { type HealthCheck, type HealthState, readAttackMode, readHealth } from '../core/index.ts'
import { AttackSwitch } from './attack-switch.tsx'
import { FactValue } from './fact-value.tsx'
import style from './health-page.module.css'
import { StateBadge } from './state-badge.tsx'
import { useRefreshed } from './use-refreshed.ts'

/** /console/health: every part of the portal, how it stands, and what to do. */
export async function loader({ context }: LoaderFunctionArgs) {
  const api = context.get(apiContext)
  const [health, attack] = await Promise.all([api.call(readHealth, {}), api.call(readAttackMode, {})])
  return { first: { health, attack }, language: context.get(languageContext) }
}

export const meta: MetaFunction<typeof loader> = ({ loaderData }) =>
  loaderData ? [{ title: translate(loaderData.language, 'operations:health.title') }] : []

const tones: Record<HealthState, 'good' | 'info' | 'warn' | 'bad'> = {
  fine: 'good',
  unknown: 'info',
  warning: 'warn',
  failing: 'bad',
}

export default function HealthPage() {
  const t = useTexts('operations')
  const language = useLanguage()
  const zone = useTimeZone()
  const { first } = useLoaderData<typeof loader>()
  const {
    value: shown,
    lost,
    refresh,
  } = useRefreshed(first, async () => {
    const [health, attack] = await Promise.all([api.call(readHealth, {}), api.call(readAttackMode, {})])
    return { health, attack }
  })
  const { health: value, attack } = shown
  return (
    <>
      <PageHeader title={t('health.title')}>{t('health.lead')}</PageHeader>
      <div className={style.whole}>
        <Notice tone={tones[value.state]} live title={t(`health.whole.${value.state === 'unknown' ? 'fine' : value.state}`)}>
          <p>{t('health.refreshed', { time: formatTime(value.at, language, zone) })}</p>
          <Troubled checks={value.checks} />
        </Notice>
        {lost ? <Notice tone="warn" live title={t('health.lost')} /> : null}
      </div>
      <div className={style.checks}>
        {value.checks.map(check => (
          <Check check={check} key={check.id}>
            {check.id === 'attack' ? <AttackSwitch mode={attack.mode} onDone={refresh} /> : null}
          </Check>
        ))}
      </div>
    </>
  )
}

/** The parts that need somebody, to jump to. */
function Troubled({ checks }: { checks: readonly HealthCheck[] }) {
  const troubled = checks.filter(({ state }) => state === 'warning' || state === 'failing')
  if (troubled.length === 0) return null
  return (
    <ul className={style.troubled}>
      {troubled.map(({ id, title }) => (
        <li key={id}>
          <a href={`#${id}`}>{title}</a>
        </li>
      ))}
    </ul>
  )
}

function Check({ check, children }: { check: HealthCheck; children: ReactNode }) {
  const t = useTexts('operations')
  const { id, title, state, says, advice, facts, parts } = check
  return (
    <section className={style.check} id={id} aria-labelledby={`${id}-title`} data-state={state}>
      <div className={style.head}>
        <h2 id={`${id}-title`}>{title}</h2>
        <StateBadge state={state} />
      </div>
      <p>{says}</p>
      {advice ? (
        <p className={style.advice}>
          <strong>{t('health.toDo')}</strong>
          {advice}
        </p>
      ) : null}
      {id === 'deadLetters' ? (
        <p>
          <LocaleLink to="/console/dead-letters">{t('letters.title')}</LocaleLink>
        </p>
      ) : null}
      {facts.length > 0 ? (
        <DescriptionList items={facts.map(({ label, ...fact }) => ({ term: label, value: <FactValue {...fact} /> }))} />
      ) : null}
      {children}
      {parts.length > 0 ? <Parts parts={parts} open={state !== 'fine'} /> : null}
    </section>
  )
}

function Parts({ parts, open }: { parts: HealthCheck['parts']; open: boolean }) {
  const t = useTexts('operations')
  return (
    <details className={style.parts} open={open}>
      <summary>{t('health.parts', { count: parts.length })}</summary>
      <ul>
        {parts.map(({ name, state, facts }) => (
          <li key={name}>
            <span className={style.partName}>{name}</span>
            <StateBadge state={state} />
            <span className={style.partFacts}>
              {facts.map(({ label, ...fact }) => (
                <span key={label}>
                  {label} <FactValue {...fact} />
                </span>
              ))}
            </span>
          </li>
        ))}
      </ul>
    </details>
  )
}
