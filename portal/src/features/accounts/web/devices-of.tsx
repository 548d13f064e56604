import { useCallback, useEffect, useState } from 'react'
import { formatTime } from '#platform/core'
import { ActionButton, api, SkeletonLines, useLanguage, useProblem, useTexts, useTimeZone } from '#platform/web'
import { endSessionOf, listSessionsOf, type SessionView } from '../core/index.ts'
import { ProblemNotice } from './fields.tsx'
import style from './form-page.module.css'
import { useConfirmed } from './use-confirmed.tsx'

/** Where somebody else is signed in, each to be ended. */
export function DevicesOf({ accountId }: { accountId: string }) {
  const t = useTexts('accounts')
  const language = useLanguage()
  const zone = useTimeZone()
  const [sessions, setSessions] = useState<readonly SessionView[] | null>(null)
  const { problem, attempt } = useProblem()
  const { confirmed, dialog } = useConfirmed()
  const load = useCallback(
    async () => setSessions((await api.call(listSessionsOf, { params: { accountId } })).items),
    [accountId],
  )
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each person
  useEffect(() => void attempt(load), [load])
  const end = (sessionId: string) =>
    attempt(async () => {
      const params = { accountId, sessionId }
      const done = await confirmed(token => api.call(endSessionOf, { params, ...token }).then(() => true))
      if (done) await load()
    })
  return (
    <>
      <ProblemNotice problem={problem} />
      {sessions === null && !problem ? <SkeletonLines label={t('staff.loading')} /> : null}
      {sessions?.length === 0 ? <p>{t('staff.noDevices')}</p> : null}
      <ul className={style.saved}>
        {sessions?.map(({ id, device, address, lastSeenAt }) => (
          <li key={id}>
            <strong>{device || t('sessions.unknown')}</strong>
            <small>
              {[address, t('sessions.seen', { at: formatTime(lastSeenAt, language, zone) })].filter(Boolean).join(' · ')}
            </small>
            <ActionButton size="small" onClick={() => end(id)}>
              {t('sessions.end')}
            </ActionButton>
          </li>
        ))}
      </ul>
      {dialog}
    </>
  )
}
