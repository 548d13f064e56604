import { type RefObject, useState } from 'react'
import { ProblemNotice, useEntry } from '#features/accounts/web'
import { ActionButton, api, type FieldMessages, Notice, TextField, useTexts } from '#platform/web'
import { type MailServerTrial, tryMailServer } from '../core/index.ts'
import style from './mail-server-page.module.css'
import { checkServer, typedServer } from './typed-server.ts'

interface MailTrialProps {
  /** where the test mail goes unless another address is typed */
  me: string
  /** where the server is typed; null: the environment names it */
  form: RefObject<HTMLFormElement | null> | null
  /** what is wrong with what was typed there */
  onWrong(wrong: FieldMessages): void
}

/** A test mail by the server as it was typed, with what the server said. */
export function MailTrial({ me, form, onWrong }: MailTrialProps) {
  const t = useTexts('mailbox')
  const [trial, setTrial] = useState<MailServerTrial | null>(null)
  const entry = useEntry(
    typed => {
      setTrial(null)
      const wrong = form ? checkServer(reader(form), t) : {}
      onWrong(wrong)
      if (Object.keys(wrong).length > 0) return wrong
      return typed.text('to') ? {} : { to: t('server.toMissing') }
    },
    async typed => {
      const server = form ? { server: typedServer(reader(form)) } : {}
      setTrial(await api.call(tryMailServer, { body: { to: typed.text('to'), ...server } }))
    },
  )
  const aboutServer = Object.entries(entry.errors).filter(([name]) => name !== 'to')
  return (
    <form className={style.form} method="post" noValidate onSubmit={entry.onSubmit}>
      <section className={style.section}>
        <h2>{t('server.trial')}</h2>
        <p className={style.help}>{t(form ? 'server.trialLead' : 'server.trialLeadFixed')}</p>
        <ProblemNotice problem={entry.problem} />
        <TextField
          label={t('server.to')}
          name="to"
          type="email"
          defaultValue={me}
          required
          maxLength={254}
          error={entry.errors.to}
        />
        {aboutServer.length > 0 ? (
          <Notice tone="bad" live>
            {aboutServer.map(([name, message]) => (
              <p key={name}>{message}</p>
            ))}
          </Notice>
        ) : null}
        {entry.busy ? (
          <p className={style.help} role="status">
            {t('server.sending')}
          </p>
        ) : null}
        {trial ? <Outcome trial={trial} /> : null}
        <div className={style.actions}>
          <ActionButton type="submit" disabled={entry.busy}>
            {t('server.send')}
          </ActionButton>
        </div>
      </section>
    </form>
  )
}

const reader =
  (form: RefObject<HTMLFormElement | null>) =>
  (name: string): string =>
    form.current ? String(new FormData(form.current).get(name) ?? '') : ''

function Outcome({ trial: { stage, answer } }: { trial: MailServerTrial }) {
  const t = useTexts('mailbox')
  return (
    <Notice tone={stage === 'taken' ? 'good' : 'bad'} live title={t(`server.stage.${stage}`)}>
      <p>{t(`server.remedy.${stage}`)}</p>
      <p className={style.help}>{t('server.answer')}</p>
      <pre className={style.answer}>{answer || t('server.noAnswer')}</pre>
    </Notice>
  )
}
