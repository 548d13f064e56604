import { useState } from 'react'
import { ProblemNotice, useEntry } from '#features/accounts/web'
import { formatMoney } from '#platform/core'
import {
  ActionButton,
  api,
  BottomSheet,
  Choice,
  ChoiceGroup,
  Notice,
  newIdempotencyKey,
  TextAreaField,
  TextField,
  useLanguage,
  useTexts,
} from '#platform/web'
import { acceptOffer, agreement, declineOffer, isOpen, parseMoney, type SharedOffer, writeOnOffer } from '../core/index.ts'
import style from './offer-page.module.css'

type Kind = 'accept' | 'counter' | 'question' | 'decline' | 'renewal'

interface AnswersProps {
  offer: SharedOffer
  onDone(): void
}

/** What the customer can say to an offer as it stands: accept, propose something else, ask, decline, or ask for renewal. */
export function OfferAnswers({ offer, onDone }: AnswersProps) {
  const t = useTexts('offers')
  const [open, setOpen] = useState<Kind | null>(null)
  const [sent, setSent] = useState(false)
  const begin = (kind: Kind) => {
    setSent(false)
    setOpen(kind)
  }
  const done = () => {
    setSent(open !== 'accept' && open !== 'decline')
    setOpen(null)
    onDone()
  }
  const titles: Record<Kind, string> = {
    accept: t('answer.acceptTitle', { number: offer.number }),
    counter: t('answer.counter'),
    question: t('answer.ask'),
    decline: t('answer.decline'),
    renewal: t('answer.renew'),
  }
  return (
    <section className={style.section} aria-label={t('answer.title')}>
      {sent ? <Notice tone="good" live title={t('answer.sent')} /> : null}
      <div className={style.answers}>
        {isOpen(offer.status) ? (
          <>
            <ActionButton strength="primary" onClick={() => begin('accept')}>
              {t('answer.accept')}
            </ActionButton>
            <ActionButton onClick={() => begin('counter')}>{t('answer.counter')}</ActionButton>
          </>
        ) : null}
        {offer.status === 'expired' ? (
          <ActionButton strength="primary" onClick={() => begin('renewal')}>
            {t('answer.renew')}
          </ActionButton>
        ) : null}
        <ActionButton onClick={() => begin('question')}>{t('answer.ask')}</ActionButton>
        {isOpen(offer.status) ? (
          <ActionButton strength="quiet" onClick={() => begin('decline')}>
            {t('answer.decline')}
          </ActionButton>
        ) : null}
      </div>
      <BottomSheet open={open !== null} title={open ? titles[open] : ''} onClose={() => setOpen(null)}>
        {open ? <AnswerForm key={open} kind={open} offer={offer} onDone={done} /> : null}
      </BottomSheet>
    </section>
  )
}

function AnswerForm({ kind, offer, onDone }: AnswersProps & { kind: Kind }) {
  const t = useTexts('offers')
  const language = useLanguage()
  const [idempotencyKey] = useState(newIdempotencyKey)
  const writes = kind === 'counter' || kind === 'question' || kind === 'renewal'
  const entry = useEntry(
    typed => ({
      ...(typed.text('name') === '' ? { name: t('answer.nameNeeded') } : {}),
      ...(writes && typed.text('text') === '' ? { text: t('answer.textNeeded') } : {}),
      ...(kind === 'accept' && typed.text('agreed') === '' ? { agreed: t('answer.agreeNeeded') } : {}),
      ...(typed.text('proposed') !== '' && parseMoney(typed.text('proposed'), offer.currency) === null
        ? { proposed: t('answer.proposedWrong') }
        : {}),
    }),
    async typed => {
      const params = { token: offer.token }
      const [name, text] = [typed.text('name'), typed.text('text')]
      if (kind === 'accept') {
        const body = { name, agreed: true as const, agreementVersion: agreement.version }
        await api.call(acceptOffer, { params, body, idempotencyKey })
      } else if (kind === 'decline') {
        await api.call(declineOffer, { params, body: { name, reason: text }, idempotencyKey })
      } else {
        const proposedNet = typed.text('proposed') ? parseMoney(typed.text('proposed'), offer.currency) : null
        await api.call(writeOnOffer, { params, body: { kind, name, text, proposedNet }, idempotencyKey })
      }
      onDone()
    },
  )
  const help: Partial<Record<Kind, string>> = {
    accept: t('answer.acceptHelp', { gross: formatMoney(offer.totals.gross, offer.currency, language) }),
    counter: t('answer.counterHelp'),
    decline: t('answer.declineHelp'),
    renewal: t('answer.renewHelp'),
  }
  return (
    <form className={style.form} method="post" noValidate onSubmit={entry.onSubmit}>
      <ProblemNotice problem={entry.problem} />
      {help[kind] ? <p>{help[kind]}</p> : null}
      <TextField
        label={t('answer.name')}
        name="name"
        autoComplete="name"
        required
        maxLength={200}
        defaultValue={offer.own?.name ?? offer.recipient.name}
        error={entry.errors.name}
      />
      {kind === 'counter' ? (
        <TextField
          label={t('answer.proposed')}
          name="proposed"
          inputMode="decimal"
          maxLength={20}
          error={entry.errors.proposed ?? entry.errors.proposedNet}
        />
      ) : null}
      {kind === 'accept' ? (
        <ChoiceGroup title={t('page.terms')} error={entry.errors.agreed}>
          <Choice type="checkbox" name="agreed" value="yes" label={agreement.text[language]} />
        </ChoiceGroup>
      ) : (
        <TextAreaField
          label={kind === 'decline' ? t('answer.reason') : t('answer.text')}
          name="text"
          rows={4}
          required={writes}
          maxLength={5000}
          error={entry.errors.text}
        />
      )}
      <div className={style.answers}>
        <ActionButton type="submit" strength="primary" disabled={entry.busy}>
          {kind === 'accept' ? t('answer.acceptGo') : t('answer.send')}
        </ActionButton>
      </div>
    </form>
  )
}
