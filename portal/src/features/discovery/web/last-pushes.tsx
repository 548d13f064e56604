import { formatTime } from '#platform/core'
import { StatusBadge, type Tone, useLanguage, useTexts, useTimeZone } from '#platform/web'
import type { Outcome, PushView } from '../core/index.ts'
import style from './discovery-page.module.css'

const tones: Record<Outcome, Tone> = { taken: 'good', caught: 'neutral', refused: 'bad', failed: 'warn' }

/** What was told to whom, and what it answered: what that means, and its own words. */
export function LastPushes({ pushes }: { pushes: readonly PushView[] }) {
  const t = useTexts('discovery')
  const language = useLanguage()
  const zone = useTimeZone()
  if (pushes.length === 0) return <p className={style.help}>{t('push.none')}</p>
  return (
    <ul className={style.list}>
      {pushes.map(({ id, channel, at, outcome, reason, addresses, firstPath, said, remain }) => (
        <li key={id}>
          <div className={style.push}>
            <span className={style.row}>
              <time dateTime={at}>{formatTime(at, language, zone)}</time>
              <strong>{t(`push.channel.${channel}`)}</strong>
              <StatusBadge tone={tones[outcome]}>{t(`push.outcome.${outcome}`)}</StatusBadge>
              {t('push.addresses', { count: addresses })}
            </span>
            {reason ? <span>{t(`push.reason.${reason}`)}</span> : null}
            <span className={style.help}>
              {[
                t('push.first', { path: firstPath }),
                ...(said ? [said] : []),
                ...(remain === null ? [] : [t('push.remain', { count: remain })]),
              ].join(' · ')}
            </span>
          </div>
        </li>
      ))}
    </ul>
  )
}
