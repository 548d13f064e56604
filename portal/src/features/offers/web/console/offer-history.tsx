import { useState } from 'react'
import { formatTime, pathIn } from '#platform/core'
import { ActionButton, ActionLink, Money, StatusBadge, useLanguage, useTexts, useTimeZone } from '#platform/web'
import type { OfferDetail } from '../../core/index.ts'
import { offerTones } from '../offer-tones.ts'
import style from './console.module.css'

/** All versions, the newest first, each with its link once it was sent. */
export function OfferHistory({ offer }: { offer: OfferDetail }) {
  const t = useTexts('offers')
  const language = useLanguage()
  const zone = useTimeZone()
  return (
    <section className={style.card}>
      <h2>{t('console.history')}</h2>
      <ol className={style.history}>
        {offer.history.map(({ version, status, gross, path, sentAt, sentBy, acceptance }) => (
          <li key={version}>
            <p className={style.versionHead}>
              <strong>{t('page.version', { version })}</strong>
              <StatusBadge tone={offerTones[status]}>{t(`console.states.${status}`)}</StatusBadge>
              <Money amount={gross} currency={offer.currency} />
            </p>
            {sentAt ? (
              <p className={style.muted} suppressHydrationWarning>
                {t('console.sentBy', { time: formatTime(sentAt, language, zone), who: sentBy })}
              </p>
            ) : null}
            {acceptance ? (
              <p className={style.muted} suppressHydrationWarning>
                {t('console.acceptedBy', {
                  time: formatTime(acceptance.at, language, zone),
                  who: acceptance.name,
                  version: acceptance.agreementVersion,
                })}
                {acceptance.account === null ? null : ` · ${t('console.acceptedAs', { account: acceptance.account })}`}
              </p>
            ) : null}
            {path ? <CustomerLink path={pathIn(offer.language, path)} /> : null}
          </li>
        ))}
      </ol>
    </section>
  )
}

/** The link as the customer gets it, to be handed on. */
function CustomerLink({ path }: { path: string }) {
  const t = useTexts('offers')
  const [copied, setCopied] = useState(false)
  const copy = async (field: HTMLInputElement) => {
    const link = new URL(path, location.origin).href
    await navigator.clipboard.writeText(link).then(
      () => setCopied(true),
      () => {
        // browsers give the clipboard to secure pages only: it is there to be copied by hand
        field.value = link
        field.select()
      },
    )
  }
  return (
    <div className={style.link}>
      <input className={style.linkField} readOnly aria-label={t('console.link')} defaultValue={path} />
      <ActionButton size="small" onClick={event => void copy(event.currentTarget.previousElementSibling as HTMLInputElement)}>
        <span aria-live="polite">{t(copied ? 'console.copied' : 'console.copy')}</span>
      </ActionButton>
      <ActionLink size="small" strength="quiet" to={path}>
        {t('console.open')}
      </ActionLink>
    </div>
  )
}
