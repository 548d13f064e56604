import { useState } from 'react'
import { useRevalidator } from 'react-router'
import { ProblemNotice } from '#features/accounts/web'
import { ActionButton, api, SelectField, TextAreaField, useProblem, useTexts } from '#platform/web'
import { type AlarmAction, type AlarmDetail, handleAlarm, verdicts } from '../core/index.ts'
import style from './alarms.module.css'

const shelfHours = [1, 8, 24, 168] as const

/** What somebody can do about an alarm as it stands. colleagues: of staff, to whom it may be assigned */
export function AlarmActions({
  alarm,
  colleagues,
}: {
  alarm: AlarmDetail
  colleagues?: readonly { id: string; name: string }[] | undefined
}) {
  const t = useTexts('alarms')
  const { revalidate } = useRevalidator()
  const { problem, attempt } = useProblem()
  const [busy, setBusy] = useState(false)
  const [hours, setHours] = useState('8')
  const [comment, setComment] = useState('')
  const act = async (body: AlarmAction): Promise<boolean> => {
    setBusy(true)
    const done = await attempt(() => api.call(handleAlarm, { params: { alarmId: alarm.id }, body }))
    await revalidate()
    setBusy(false)
    return done !== undefined
  }
  const { state } = alarm
  return (
    <>
      <ProblemNotice problem={problem} />
      {state === 'unacknowledged' || state === 'returned' ? (
        <ActionButton strength="primary" disabled={busy} onClick={() => void act({ do: 'acknowledge' })}>
          {t('acknowledge')}
        </ActionButton>
      ) : null}
      <section className={style.section}>
        <h2>{t('verdictTitle')}</h2>
        <p className={style.muted}>{t('verdictHelp')}</p>
        <div className={style.actions}>
          {verdicts.map(verdict => (
            <ActionButton
              key={verdict}
              aria-pressed={alarm.verdict === verdict}
              disabled={busy || alarm.verdict === verdict}
              onClick={() => void act({ do: 'judge', verdict })}
            >
              {t(`verdict.${verdict}`)}
            </ActionButton>
          ))}
        </div>
      </section>
      {state === 'shelved' ? (
        <ActionButton disabled={busy} onClick={() => void act({ do: 'resume' })}>
          {t('resume')}
        </ActionButton>
      ) : null}
      {state === 'unacknowledged' || state === 'acknowledged' || state === 'returned' ? (
        <section className={style.section}>
          <h2>{t('shelve')}</h2>
          <div className={style.actions}>
            <SelectField
              label={t('shelveFor')}
              value={hours}
              onChange={event => setHours(event.target.value)}
              options={shelfHours.map(value => ({ value, label: t(`hours.${value}`) }))}
            />
            <ActionButton
              disabled={busy}
              onClick={() => void act({ do: 'shelve', until: new Date(Date.now() + Number(hours) * 3_600_000).toISOString() })}
            >
              {t('shelve')}
            </ActionButton>
          </div>
        </section>
      ) : null}
      {colleagues ? (
        <SelectField
          label={t('assign')}
          value={alarm.assignee?.id ?? ''}
          disabled={busy}
          onChange={event => void act({ do: 'assign', to: event.target.value || null })}
          options={[{ value: '', label: t('nobody') }, ...colleagues.map(({ id, name }) => ({ value: id, label: name }))]}
        />
      ) : null}
      <form
        className={style.section}
        onSubmit={async event => {
          event.preventDefault()
          if (comment.trim() && (await act({ do: 'comment', text: comment }))) setComment('')
        }}
      >
        <TextAreaField
          label={t('comment')}
          rows={3}
          maxLength={2000}
          value={comment}
          onChange={event => setComment(event.target.value)}
        />
        <div className={style.actions}>
          <ActionButton type="submit" disabled={busy || comment.trim() === ''}>
            {t('addComment')}
          </ActionButton>
        </div>
      </form>
    </>
  )
}
