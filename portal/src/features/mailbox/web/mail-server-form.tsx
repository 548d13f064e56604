import { type RefObject, useState } from 'react'
import { useRevalidator } from 'react-router'
import { ProblemNotice, useConfirmed, useEntry } from '#features/accounts/web'
import { type MailSecurity, mailSecurities } from '#platform/core'
import {
  ActionButton,
  api,
  Choice,
  ChoiceGroup,
  type FieldMessages,
  LeaveGuard,
  Notice,
  TextField,
  useProblem,
  useTexts,
} from '#platform/web'
import { type MailServerStanding, removeMailServer, saveMailServer } from '../core/index.ts'
import style from './mail-server-page.module.css'
import { checkServer, typedServer } from './typed-server.ts'

/** The port each is mostly found at. */
const usualPort: Record<MailSecurity, string> = { tls: '465', starttls: '587', none: '25' }

interface MailServerFormProps {
  standing: MailServerStanding
  etag: string
  form: RefObject<HTMLFormElement | null>
  said: 'saved' | 'removed' | null
  /** what the test mail found wrong with what was typed */
  wrong: FieldMessages
  onSaid(said: 'saved' | 'removed' | null): void
}

export function MailServerForm({
  standing: { server, sender, senderFixed },
  etag,
  form,
  said,
  wrong,
  onSaid,
}: MailServerFormProps) {
  const t = useTexts('mailbox')
  const { revalidate } = useRevalidator()
  const { confirmed, dialog } = useConfirmed()
  const { problem, attempt } = useProblem()
  const [changed, setChanged] = useState(false)
  const [security, setSecurity] = useState<MailSecurity>(server && server.security !== 'offered' ? server.security : 'tls')
  const [port, setPort] = useState(String(server?.port ?? usualPort.tls))
  const kept = server?.passwordKept ?? false
  const done = async (what: 'saved' | 'removed') => {
    setChanged(false)
    onSaid(what)
    await revalidate()
  }
  const entry = useEntry(
    typed => checkServer(typed.raw, t),
    async typed => {
      const body = typedServer(typed.raw)
      if (await confirmed(token => api.call(saveMailServer, { body, ifMatch: etag, ...token }))) await done('saved')
    },
  )
  const remove = () =>
    attempt(async () => {
      if (await confirmed(token => api.call(removeMailServer, token).then(() => true))) await done('removed')
    })
  const errors: FieldMessages = { ...entry.errors, ...wrong }
  const text = (name: string) => ({ label: t(`server.${name}`), help: t(`server.${name}Help`), name, error: errors[name] })
  const choose = (next: MailSecurity) => {
    if (port === '' || Object.values(usualPort).includes(port)) setPort(usualPort[next])
    setSecurity(next)
  }
  return (
    <>
      <form
        ref={form}
        className={style.form}
        method="post"
        noValidate
        onSubmit={entry.onSubmit}
        onChange={() => {
          setChanged(true)
          onSaid(null)
        }}
      >
        <ProblemNotice problem={entry.problem ?? problem} />
        <section className={style.section}>
          <h2>{t('server.where')}</h2>
          <TextField
            {...text('host')}
            defaultValue={server?.host}
            required
            maxLength={253}
            autoComplete="off"
            spellCheck={false}
          />
          <ChoiceGroup title={t('server.security')}>
            {mailSecurities.map(one => (
              <Choice
                key={one}
                type="radio"
                name="security"
                value={one}
                checked={security === one}
                onChange={() => choose(one)}
                label={t(`server.securityName.${one}`)}
                help={t(`server.securityHelp.${one}`)}
              />
            ))}
          </ChoiceGroup>
          {security === 'none' ? (
            <Notice tone="warn" live title={t('server.plain')}>
              <p>{t('server.plainHelp')}</p>
            </Notice>
          ) : null}
          <TextField
            {...text('port')}
            value={port}
            onChange={event => setPort(event.target.value)}
            inputMode="numeric"
            required
            maxLength={5}
            autoComplete="off"
          />
          <TextField
            {...text('user')}
            defaultValue={server?.user}
            optional
            maxLength={254}
            autoComplete="off"
            spellCheck={false}
          />
          <TextField
            {...text('password')}
            type="password"
            maxLength={500}
            autoComplete="new-password"
            placeholder={kept ? t('server.passwordKept') : undefined}
          />
          {kept ? <input type="hidden" name="kept" value={server?.user} /> : null}
        </section>
        <section className={style.section}>
          <h2>{t('server.sender')}</h2>
          {senderFixed ? <p className={style.help}>{t('server.senderFixed')}</p> : null}
          <TextField {...text('senderName')} defaultValue={sender.name} optional maxLength={100} readOnly={senderFixed} />
          <TextField
            {...text('senderAddress')}
            defaultValue={sender.address}
            type="email"
            required
            maxLength={254}
            readOnly={senderFixed}
          />
          <TextField {...text('replyTo')} defaultValue={sender.replyTo} type="email" optional maxLength={254} />
        </section>
        {said ? <Notice tone="good" live title={t(`server.${said}`)} /> : null}
        <div className={style.actions}>
          <ActionButton type="submit" strength="primary" disabled={entry.busy}>
            {t('server.save')}
          </ActionButton>
          {server ? <ActionButton onClick={() => void remove()}>{t('server.remove')}</ActionButton> : null}
        </div>
        <LeaveGuard changed={changed} />
      </form>
      {dialog}
    </>
  )
}
