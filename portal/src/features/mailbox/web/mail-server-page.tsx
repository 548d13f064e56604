import { useRef, useState } from 'react'
import { type LoaderFunctionArgs, type MetaFunction, useLoaderData } from 'react-router'
import { getMe } from '#features/accounts/core'
import { translate } from '#platform/core'
import { apiContext, DescriptionList, type FieldMessages, languageContext, Notice, PageHeader, useTexts } from '#platform/web'
import { getMailServer, type MailServerStanding } from '../core/index.ts'
import { MailServerForm } from './mail-server-form.tsx'
import style from './mail-server-page.module.css'
import { MailTrial } from './mail-trial.tsx'

/** /console/settings/mail: by which server mail leaves. */
export async function loader({ context }: LoaderFunctionArgs) {
  const calls = context.get(apiContext)
  const [{ value, etag }, { account }] = await Promise.all([calls.callWithEtag(getMailServer, {}), calls.call(getMe, {})])
  return { standing: value, etag, me: account?.email ?? '', language: context.get(languageContext) }
}

export const meta: MetaFunction<typeof loader> = ({ loaderData }) =>
  loaderData ? [{ title: translate(loaderData.language, 'mailbox:server.title') }] : []

export default function MailServerPage() {
  const { standing, etag, me } = useLoaderData<typeof loader>()
  const t = useTexts('mailbox')
  const form = useRef<HTMLFormElement>(null)
  const [said, setSaid] = useState<'saved' | 'removed' | null>(null)
  const [wrong, setWrong] = useState<FieldMessages>({})
  const fixed = standing.by === 'environment'
  return (
    <>
      <PageHeader title={t('server.title')}>{t('server.lead')}</PageHeader>
      <div className={style.page}>
        <Standing standing={standing} />
        {fixed ? (
          <Facts standing={standing} />
        ) : (
          // what was saved is what the next edit begins with: made anew for it
          <MailServerForm key={etag} {...{ standing, etag, form, said, wrong }} onSaid={setSaid} />
        )}
        <MailTrial {...{ me }} form={fixed ? null : form} onWrong={setWrong} />
      </div>
    </>
  )
}

function Standing({ standing: { by, waiting } }: { standing: MailServerStanding }) {
  const t = useTexts('mailbox')
  if (by === 'console') return null
  return (
    <Notice tone={by === 'nothing' ? 'warn' : 'info'} title={t(`server.by.${by}`)}>
      <p>{t(`server.by.${by}Help`)}</p>
      {waiting > 0 ? <p>{t('server.waiting', { count: waiting })}</p> : null}
    </Notice>
  )
}

function Facts({ standing: { server, sender } }: { standing: MailServerStanding }) {
  const t = useTexts('mailbox')
  if (!server) return null
  const facts = [
    ['host', server.host],
    ['port', server.port],
    ['security', t(`server.securityName.${server.security}`)],
    ['user', server.user],
    ['password', server.passwordKept ? '••••••' : ''],
    ['sender', sender.name ? `${sender.name} <${sender.address}>` : sender.address],
  ] as const
  return (
    <DescriptionList
      items={facts.filter(([, value]) => value !== '').map(([name, value]) => ({ term: t(`server.${name}`), value }))}
    />
  )
}
