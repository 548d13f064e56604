import { useState } from 'react'
import { ActionButton, api, Notice, newIdempotencyKey, TextAreaField, useProblem, useTexts } from '#platform/web'
import { answerOffer, type OfferDetail } from '../../core/index.ts'
import { MessageList } from '../offer-messages.tsx'
import style from './console.module.css'

/** What was said about the offer, and an answer to it. */
export function OfferTalk({ offer, onDone }: { offer: OfferDetail; onDone(): void }) {
  const t = useTexts('offers')
  const { problem, fields, attempt } = useProblem()
  const [text, setText] = useState('')
  const [busy, setBusy] = useState(false)
  const send = async () => {
    setBusy(true)
    const sent = await attempt(() =>
      api.call(answerOffer, { params: { offerId: offer.id }, body: { text }, idempotencyKey: newIdempotencyKey() }),
    )
    setBusy(false)
    if (!sent) return
    setText('')
    onDone()
  }
  return (
    <section className={style.card}>
      <h2>{t('console.messages')}</h2>
      {offer.messages.length === 0 ? (
        <p className={style.muted}>{t('console.noMessages')}</p>
      ) : (
        <MessageList messages={offer.messages} currency={offer.currency} />
      )}
      {offer.history.some(({ path }) => path !== null) ? (
        <form
          className={style.answer}
          onSubmit={event => {
            event.preventDefault()
            if (!busy && text.trim() !== '') void send()
          }}
        >
          {problem ? (
            <Notice tone="bad" live>
              {problem.detail}
            </Notice>
          ) : null}
          <TextAreaField
            label={t('console.answer')}
            rows={3}
            maxLength={5000}
            value={text}
            onChange={event => setText(event.target.value)}
            error={fields.text}
          />
          <ActionButton type="submit" size="small" disabled={busy || text.trim() === ''}>
            {t('console.answerSend')}
          </ActionButton>
        </form>
      ) : null}
    </section>
  )
}
