import { useState } from 'react'
import { useRevalidator } from 'react-router'
import { formatTime } from '#platform/core'
import { ActionButton, api, StatusBadge, useLanguage, useProblem, useTexts, useTimeZone } from '#platform/web'
import { endMyOtherSessions, endMySession, type SessionView } from '../core/index.ts'
import { ProblemNotice } from './fields.tsx'
import style from './form-page.module.css'

/** Where the account is signed in; this browser first said so. */
export function SessionsSection({ sessions }: { sessions: readonly SessionView[] }) {
  const t = useTexts('accounts')
  const language = useLanguage()
  const zone = useTimeZone()
  const { revalidate } = useRevalidator()
  const { problem, attempt } = useProblem()
  const [done, setDone] = useState('')
  const end = (call: () => Promise<unknown>) =>
    attempt(async () => {
      await call()
      setDone(t('sessions.ended'))
      await revalidate()
    })
  return (
    <section className={style.section}>
      <h2>{t('sessions.title')}</h2>
      <p>{t('sessions.lead')}</p>
      <ProblemNotice problem={problem} />
      <ul className={style.saved}>
        {sessions.map(({ id, device, address, startedAt, lastSeenAt, current }) => (
          <li key={id}>
            <strong>{device || t('sessions.unknown')}</strong>
            <small>
              {[
                address,
                t('sessions.started', { at: formatTime(startedAt, language, zone) }),
                t('sessions.seen', { at: formatTime(lastSeenAt, language, zone) }),
              ]
                .filter(Boolean)
                .join(' · ')}
            </small>
            {current ? (
              <StatusBadge tone="good">{t('sessions.current')}</StatusBadge>
            ) : (
              <ActionButton size="small" onClick={() => end(() => api.call(endMySession, { params: { sessionId: id } }))}>
                {t('sessions.end')}
              </ActionButton>
            )}
          </li>
        ))}
      </ul>
      <div className={style.actions}>
        {sessions.length > 1 ? (
          <ActionButton onClick={() => end(() => api.call(endMyOtherSessions, {}))}>{t('sessions.endOthers')}</ActionButton>
        ) : null}
        <p role="status">{done}</p>
      </div>
    </section>
  )
}
