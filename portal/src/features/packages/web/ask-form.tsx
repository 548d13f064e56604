import { useState } from 'react'
import { ProblemNotice, useEntry } from '#features/accounts/web'
import { contactConsent } from '#features/sales/core'
import { formatMoney, pathIn } from '#platform/core'
import {
  ActionButton,
  ActionLink,
  api,
  Choice,
  ChoiceGroup,
  type FieldMessages,
  Notice,
  TextAreaField,
  useLanguage,
  useTexts,
} from '#platform/web'
import { type Offer, requestMyPackage } from '../core/index.ts'
import style from './packages.module.css'

interface AskProps {
  deviceId: string
  /** of the machine */
  name: string
  offer: Offer
  onSent(): void
}

/** Asks for a package at this machine and others of the company; what it comes to stands below. */
export function AskForm({ deviceId, name, offer, onSent }: AskProps) {
  const t = useTexts('packages')
  const language = useLanguage()
  const [others, setOthers] = useState<string[]>([])
  const [path, setPath] = useState<string | null>(null)
  const { net, currency } = offer.price
  const entry = useEntry(
    (typed): FieldMessages => (typed.all('consent').length > 0 ? {} : { consent: t('consentNeeded') }),
    async typed => {
      const consent = { version: contactConsent.version, accepted: true } as const
      const body = { deviceIds: [deviceId, ...others], net, currency, message: typed.text('message'), consent }
      setPath((await api.call(requestMyPackage, { params: { packageId: offer.id }, body })).path)
      onSent()
    },
  )
  if (path)
    return (
      <Notice tone="good" live title={t('sent')}>
        <p>{t('sentText')}</p>
        <ActionLink size="small" to={pathIn(language, path)}>
          {t('seeInquiry')}
        </ActionLink>
      </Notice>
    )
  return (
    <form className={style.form} method="post" noValidate onSubmit={entry.onSubmit}>
      <ProblemNotice problem={entry.problem} />
      {offer.others.length > 0 ? (
        <ChoiceGroup title={t('alsoFor')}>
          <Choice type="checkbox" label={name} checked disabled readOnly />
          {offer.others.map(({ id, model, serial }) => (
            <Choice
              key={id}
              type="checkbox"
              label={`${model} ${serial}`}
              checked={others.includes(id)}
              onChange={({ target }) => setOthers(target.checked ? [...others, id] : others.filter(one => one !== id))}
            />
          ))}
        </ChoiceGroup>
      ) : null}
      <TextAreaField label={t('message')} name="message" rows={3} maxLength={2000} optional />
      <p className={style.price}>{t('sum', { sum: formatMoney(net * (1 + others.length), currency, language) })}</p>
      <ChoiceGroup title={t('askHelp')} error={entry.errors.consent}>
        <Choice type="checkbox" name="consent" value="yes" label={contactConsent.text[language]} />
      </ChoiceGroup>
      <div className={style.row}>
        <ActionButton type="submit" strength="primary" disabled={entry.busy}>
          {t('send')}
        </ActionButton>
      </div>
    </form>
  )
}
