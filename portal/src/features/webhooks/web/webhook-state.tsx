import { formatTime } from '#platform/core'
import { StatusBadge, type Tone, useLanguage, useTexts, useTimeZone } from '#platform/web'
import type { WebhookView } from '../core/index.ts'
import style from './webhooks.module.css'

type State = 'fine' | 'fresh' | 'failing' | 'off' | 'given-up'

const tones: Record<State, Tone> = { fine: 'good', fresh: 'neutral', failing: 'warn', off: 'neutral', 'given-up': 'bad' }

function stateOf({ active, givenUpAt, failingSince, deliveredAt }: WebhookView): State {
  if (!active) return givenUpAt ? 'given-up' : 'off'
  if (failingSince) return 'failing'
  return deliveredAt ? 'fine' : 'fresh'
}

/** How a webhook is: with a word and when. */
export function WebhookState({ webhook }: { webhook: WebhookView }) {
  const t = useTexts('webhooks')
  const language = useLanguage()
  const zone = useTimeZone()
  const state = stateOf(webhook)
  const { failingSince, deliveredAt, oldSecretUntil } = webhook
  const at = (time: string) => formatTime(time, language, zone)
  return (
    <p className={style.line}>
      <StatusBadge tone={tones[state]}>{t(`state.${state}`)}</StatusBadge>
      <span className={style.muted}>
        {[
          failingSince
            ? t('failingSince', { time: at(failingSince) })
            : deliveredAt
              ? t('lastAt', { time: at(deliveredAt) })
              : '',
          oldSecretUntil ? t('oldUntil', { time: at(oldSecretUntil) }) : '',
        ]
          .filter(Boolean)
          .join(' · ')}
      </span>
    </p>
  )
}
