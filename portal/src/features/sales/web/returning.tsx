import { useState } from 'react'
import { useSearchParams } from 'react-router'
import type { Sheet } from '#features/configurator/core'
import { formatMoney } from '#platform/core'
import {
  ActionButton,
  api,
  LocaleLink,
  Notice,
  newIdempotencyKey,
  TextAreaField,
  useLanguage,
  useProblem,
  useTexts,
} from '#platform/web'
import { type LeadDetail, returnConfiguration } from '../core/index.ts'
import style from './lead-page.module.css'

/** What sales has just worked out in the configurator, before the customer gets it: its price beside the one before, and words to him. */
export function Returning({ lead, sheet, onDone }: { lead: LeadDetail; sheet: Sheet; onDone(): void }) {
  const t = useTexts('sales')
  const language = useLanguage()
  const [, setSearch] = useSearchParams()
  const { problem, fields, attempt } = useProblem()
  const [note, setNote] = useState('')
  const [busy, setBusy] = useState(false)
  const amount = (net: number | null, currency: string) =>
    net === null ? t('lead.onRequest') : formatMoney(net, currency, language)
  const leave = () => setSearch(search => without(search, 'configuration'), { replace: true })
  const send = async () => {
    setBusy(true)
    const done = await attempt(() =>
      api.call(returnConfiguration, {
        params: { leadId: lead.id },
        body: { token: sheet.token, note },
        idempotencyKey: newIdempotencyKey(),
      }),
    )
    setBusy(false)
    if (!done) return
    leave()
    onDone()
  }
  return (
    <section className={`${style.card} ${style.todo}`} aria-label={t('lead.returning.title')}>
      <h2>{t('lead.returning.title')}</h2>
      <p>
        <LocaleLink to={`/c/${sheet.token}`}>{sheet.typeCode ?? t('lead.openSheet')}</LocaleLink>
      </p>
      <p>
        {t('lead.returning.net', {
          before: amount(lead.net, lead.currency),
          after: amount(sheet.price.status === 'priced' ? sheet.price.net : null, sheet.price.currency),
        })}
      </p>
      <p>
        {t('lead.returning.help')}{' '}
        {lead.contact.email ? t('lead.returning.mails', { email: lead.contact.email }) : t('lead.returning.noMail')}
      </p>
      {problem ? (
        <Notice tone="bad" live title={problem.detail}>
          {problem.remedy}
        </Notice>
      ) : null}
      <TextAreaField
        label={t('lead.returning.note')}
        optional
        rows={3}
        maxLength={5000}
        value={note}
        onChange={event => setNote(event.target.value)}
        error={fields.note}
      />
      <div className={style.links}>
        <ActionButton strength="primary" disabled={busy} onClick={send}>
          {t('lead.returning.send')}
        </ActionButton>
        <ActionButton disabled={busy} onClick={leave}>
          {t('lead.returning.drop')}
        </ActionButton>
      </div>
    </section>
  )
}

function without(search: URLSearchParams, name: string): URLSearchParams {
  const rest = new URLSearchParams(search)
  rest.delete(name)
  return rest
}
