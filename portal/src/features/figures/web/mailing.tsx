import { useState } from 'react'
import { ProblemNotice } from '#features/accounts/web'
import { ActionButton, api, Choice, Notice, useProblem, useTexts } from '#platform/web'
import { saveMail, sendMailNow } from '../core/index.ts'
import style from './figures-page.module.css'

/** Whether one gets the figures every week, and one now to see what comes. */
export function Mailing({ weekly }: { weekly: boolean }) {
  const t = useTexts('figures')
  const { problem, attempt } = useProblem()
  const [wanted, setWanted] = useState(weekly)
  const [done, setDone] = useState<'saved' | 'sent' | null>(null)
  const choose = async (next: boolean) => {
    setWanted(next)
    const saved = await attempt(() => api.call(saveMail, { body: { weekly: next } }))
    if (saved) setDone('saved')
    else setWanted(!next)
  }
  const sendNow = async () => {
    let sent = false
    await attempt(async () => {
      await api.call(sendMailNow, {})
      sent = true
    })
    if (sent) setDone('sent')
  }
  return (
    <section className={style.section}>
      <h2>{t('mailing.title')}</h2>
      <p className={style.hint}>{t('mailing.help')}</p>
      <ProblemNotice problem={problem} />
      <div className={style.row}>
        <Choice
          type="checkbox"
          name="weekly"
          checked={wanted}
          label={t('mailing.wanted')}
          onChange={event => void choose(event.target.checked)}
        />
        <ActionButton size="small" onClick={() => void sendNow()}>
          {t('mailing.now')}
        </ActionButton>
      </div>
      {done ? <Notice tone="good" live title={t(`mailing.${done}`)} /> : null}
    </section>
  )
}
