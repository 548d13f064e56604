import { useState } from 'react'
import { useRevalidator } from 'react-router'
import { ProblemNotice } from '#features/accounts/web'
import { formatTime, type Page } from '#platform/core'
import {
  ActionButton,
  api,
  EmptyState,
  Notice,
  StatusBadge,
  type Tone,
  useLanguage,
  usePages,
  useProblem,
  useTexts,
  useTimeZone,
} from '#platform/web'
import { type DeliveryView, listDeliveries, retryDelivery, type WebhookView } from '../core/index.ts'
import style from './webhooks.module.css'

const tones: Record<DeliveryView['state'], Tone> = { waiting: 'waiting', delivered: 'good', dropped: 'neutral', failed: 'bad' }

/** What was sent to a program and what it answered, the last first. */
export function DeliveryList({ webhook, first }: { webhook: WebhookView; first: Page<DeliveryView> }) {
  const t = useTexts('webhooks')
  const { revalidate } = useRevalidator()
  const { problem, attempt } = useProblem()
  const [done, setDone] = useState('')
  const params = { webhookId: webhook.id }
  const { rows, hasMore, loadingMore, moreProblem, onMore } = usePages(first, cursor =>
    api.call(listDeliveries, { params, query: { cursor } }),
  )
  const retry = async (messageId: string) => {
    setDone('')
    const again = await attempt(() => api.call(retryDelivery, { params: { ...params, messageId } }))
    if (again) setDone(t('retried'))
    await revalidate()
  }
  return (
    <section className={style.section}>
      <h2>{t('deliveries')}</h2>
      <p className={style.muted}>{t('deliveriesHelp')}</p>
      {done ? <Notice tone="good" live title={done} /> : null}
      <ProblemNotice problem={problem ?? moreProblem ?? null} />
      {rows.length === 0 ? <EmptyState title={t('noDeliveries')}>{t('noDeliveriesHelp')}</EmptyState> : null}
      <ul className={style.list} aria-label={t('deliveries')}>
        {rows.map(delivery => (
          <li key={delivery.id}>
            <Delivery delivery={delivery} />
            {webhook.active &&
            delivery.kind !== 'webhook.test' &&
            (delivery.state !== 'waiting' || delivery.attempts.length > 0) ? (
              <ActionButton size="small" aria-label={t('retryOf', { id: delivery.id })} onClick={() => void retry(delivery.id)}>
                {t('retry')}
              </ActionButton>
            ) : null}
          </li>
        ))}
      </ul>
      {hasMore ? (
        <div>
          <ActionButton disabled={loadingMore} onClick={onMore}>
            {t('more')}
          </ActionButton>
        </div>
      ) : null}
    </section>
  )
}

function Delivery({ delivery: { id, kind, at, state, holds, nextAt, attempts } }: { delivery: DeliveryView }) {
  const t = useTexts('webhooks')
  const language = useLanguage()
  const zone = useTimeZone()
  const time = (moment: string) => formatTime(moment, language, zone)
  return (
    <div className={style.facts}>
      <h3>{t(`kind.${kind}`)}</h3>
      <p className={style.line}>
        <StatusBadge tone={tones[state]}>{t(`delivery.${state}`)}</StatusBadge>
        <span className={style.muted}>
          {[time(at), holds > 0 ? t('holds', { count: holds }) : '', nextAt ? t('nextAt', { time: time(nextAt) }) : '', id]
            .filter(Boolean)
            .join(' · ')}
        </span>
      </p>
      {attempts.map(attempt => (
        <p key={attempt.at} className={style.said}>
          {t('answer', { time: time(attempt.at), status: attempt.status ?? t('noAnswer'), ms: attempt.tookMs })}
          {attempt.said ? ` · ${attempt.said}` : ''}
        </p>
      ))}
    </div>
  )
}
