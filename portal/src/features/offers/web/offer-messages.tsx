import { formatTime } from '#platform/core'
import { Money, useLanguage, useTexts, useTimeZone } from '#platform/web'
import type { OfferMessage } from '../core/index.ts'
import style from './offer-page.module.css'

/** What was said about an offer, the first first; nothing where nobody has said anything. */
export function OfferMessages({ messages, currency }: { messages: readonly OfferMessage[]; currency: string }) {
  const t = useTexts('offers')
  if (messages.length === 0) return null
  return (
    <section className={style.section}>
      <h2>{t('messages.title')}</h2>
      <MessageList messages={messages} currency={currency} />
    </section>
  )
}

export function MessageList({ messages, currency }: { messages: readonly OfferMessage[]; currency: string }) {
  const t = useTexts('offers')
  const language = useLanguage()
  const zone = useTimeZone()
  return (
    <ol className={style.messages}>
      {messages.map(({ id, kind, name, text, proposedNet, at, version }) => (
        <li key={id} className={kind === 'answer' || kind === 'withdrawn' ? style.ours : undefined}>
          <p className={style.muted}>
            {t(`messages.${kind}`)} · {name} · {t('page.version', { version })} ·{' '}
            <time dateTime={at} suppressHydrationWarning>
              {formatTime(at, language, zone)}
            </time>
          </p>
          {proposedNet === null ? null : (
            <p>
              {t('messages.proposed')} <Money amount={proposedNet} currency={currency} />
            </p>
          )}
          {text ? <p className={style.words}>{text}</p> : null}
        </li>
      ))}
    </ol>
  )
}
