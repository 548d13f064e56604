import type { ReactNode } from 'react'
import { formatNumber } from '#platform/core'
import { useLanguage, useTexts } from '#platform/web'
import { durationWords, type Figures, rate } from '../core/index.ts'
import style from './figures-page.module.css'
import { percent } from './funnel.tsx'
import { Meaning } from './meaning.tsx'

/** How long customers wait for the first answer, and how long they stay on the configurator. */
export function Times({ figures }: { figures: Figures }) {
  const t = useTexts('figures')
  const language = useLanguage()
  const { answering, configuring } = figures
  const lasting = (seconds: number | null) => (seconds === null ? null : durationWords(seconds, language))
  const minutes = (count: number | null) => lasting(count === null ? null : count * 60)
  const kept = rate(answering.inTime, answering.judged)
  return (
    <div className={style.cards}>
      <section className={style.card}>
        <h2>{t('answering.title')}</h2>
        <Value name={<Meaning name={t('answering.median')}>{t('means.answerTime')}</Meaning>} value={minutes(answering.minutes)}>
          <Compared kind="earlier" value={minutes(answering.earlierMinutes)} />
          <Compared kind="before" value={minutes(answering.beforeMinutes)} />
        </Value>
        <Value name={t('answering.inTime')} value={kept === null ? null : percent(kept)}>
          {kept === null ? null : t('answering.inTimeOf', answering)}
        </Value>
        <Value name={t('answering.unanswered')} value={formatNumber(answering.unanswered, language)} />
      </section>
      <section className={style.card}>
        <h2>{t('configuring.title')}</h2>
        <Value name={<Meaning name={t('configuring.median')}>{t('means.stay')}</Meaning>} value={lasting(configuring.seconds)}>
          <span className={style.compared}>
            {t('configuring.stays', { count: configuring.stays, number: formatNumber(configuring.stays, language) })}
          </span>
          <Compared kind="earlier" value={lasting(configuring.earlierSeconds)} />
        </Value>
      </section>
    </div>
  )
}

function Value({ name, value, children }: { name: ReactNode; value: string | null; children?: ReactNode }) {
  return (
    <div className={style.value}>
      <div>{name}</div>
      <p>
        <strong>{value ?? '–'}</strong> <small>{children}</small>
      </p>
    </div>
  )
}

function Compared({ kind, value }: { kind: 'earlier' | 'before'; value: string | null }) {
  const t = useTexts('figures')
  return value === null ? null : <span className={style.compared}>{t(`compared.${kind}`, { value })}</span>
}
