import { useState } from 'react'
import { ProblemNotice, useEntry } from '#features/accounts/web'
import { pathIn } from '#platform/core'
import {
  ActionButton,
  ActionLink,
  api,
  type FieldMessages,
  Notice,
  TextAreaField,
  TextField,
  useLanguage,
  useTexts,
} from '#platform/web'
import { requestMyService, type ServiceRequest } from '../../core/index.ts'
import style from '../maintenance.module.css'

/** Asks for service on a machine, in the customer's own words. */
export function RequestForm({ deviceId, today }: { deviceId: string; today: string }) {
  const t = useTexts('advisory')
  const [sent, setSent] = useState<ServiceRequest | null>(null)
  const entry = useEntry(
    (typed): FieldMessages => (typed.text('description') ? {} : { description: t('service.missing') }),
    async typed => {
      const body = { description: typed.text('description'), wishedOn: typed.text('wishedOn') || null }
      setSent(await api.call(requestMyService, { params: { deviceId }, body }))
    },
  )
  if (sent) return <Sent request={sent} />
  return (
    <form className={style.form} method="post" noValidate onSubmit={entry.onSubmit}>
      <p className={style.muted}>{t('service.requestHelp')}</p>
      <ProblemNotice problem={entry.problem} />
      <TextAreaField
        label={t('service.description')}
        name="description"
        required
        rows={4}
        maxLength={4000}
        help={t('service.descriptionHelp')}
        error={entry.errors.description}
      />
      <div className={style.pair}>
        <TextField label={t('service.wishedOn')} name="wishedOn" type="date" optional min={today} error={entry.errors.wishedOn} />
      </div>
      <div className={style.actions}>
        <ActionButton type="submit" strength="primary" disabled={entry.busy}>
          {t('service.send')}
        </ActionButton>
      </div>
    </form>
  )
}

/** That a request has gone off, and where to follow it. */
export function Sent({ request: { id, number } }: { request: ServiceRequest }) {
  const t = useTexts('advisory')
  const language = useLanguage()
  return (
    <Notice tone="good" live title={`${t('service.numbered', { number })} · ${t('service.sent')}`}>
      <ActionLink size="small" to={pathIn(language, `/account/service/${id}`)}>
        {t('service.follow')}
      </ActionLink>
    </Notice>
  )
}
