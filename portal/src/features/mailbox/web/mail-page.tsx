import { type LoaderFunctionArgs, type MetaFunction, useLoaderData } from 'react-router'
import { formatTime, pathIn, translate } from '#platform/core'
import {
  api,
  apiContext,
  type Column,
  DataTable,
  EmptyState,
  languageContext,
  Notice,
  PageHeader,
  SplitView,
  useLanguage,
  usePages,
  useTexts,
  useTimeZone,
} from '#platform/web'
import { type CaughtMail, type CaughtMailSummary, getMail, listMail } from '../core/index.ts'
import style from './mail-page.module.css'

/** /console/mail?mail={id}: the mails and text messages that did not go out, and the one that is open. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const calls = context.get(apiContext)
  const open = new URL(request.url).searchParams.get('mail')
  const [page, mail] = await Promise.all([
    calls.call(listMail, {}),
    open ? calls.call(getMail, { params: { mailId: open } }) : null,
  ])
  return { page, mail, language: context.get(languageContext) }
}

export const meta: MetaFunction<typeof loader> = ({ loaderData }) =>
  loaderData ? [{ title: translate(loaderData.language, 'mailbox:title') }] : []

export default function MailPage() {
  const { page, mail } = useLoaderData<typeof loader>()
  const t = useTexts('mailbox')
  const language = useLanguage()
  const zone = useTimeZone()
  const pages = usePages(page, cursor => api.call(listMail, { query: { cursor } }))
  const columns: Column<CaughtMailSummary>[] = [
    { id: 'subject', title: t('subject'), cell: one => one.subject },
    { id: 'to', title: t('to'), cell: one => one.to },
    { id: 'kind', title: t('kind'), cell: one => t(one.kind), narrow: true, optional: true },
    {
      id: 'state',
      title: t('state'),
      cell: one => (one.waiting ? t('waiting') : one.refusal === null ? t('caught') : t('refusedShort')),
      narrow: true,
      optional: true,
    },
    { id: 'attachments', title: t('attachments'), cell: one => one.attachments || '', numeric: true, optional: true },
    { id: 'at', title: t('at'), cell: one => formatTime(one.at, language, zone), narrow: true },
  ]
  return (
    <>
      <PageHeader title={t('title')}>{t('help')}</PageHeader>
      <SplitView detail={mail ? <Mail mail={mail} /> : null}>
        <DataTable
          label={t('title')}
          columns={columns.filter(({ id }) => !mail || beside.includes(id))}
          {...pages}
          rowId={one => one.id}
          rowHref={one => pathIn(language, `/console/mail?mail=${one.id}`)}
          current={mail?.id}
          empty={<EmptyState title={t('none')}>{t('noneHelp')}</EmptyState>}
        />
      </SplitView>
    </>
  )
}

function Mail({ mail }: { mail: CaughtMail }) {
  const t = useTexts('mailbox')
  const language = useLanguage()
  const zone = useTimeZone()
  return (
    <>
      <h2>{mail.subject}</h2>
      <p className={style.head}>
        {mail.from ? `${mail.from} → ` : ''}
        {mail.to} · {formatTime(mail.at, language, zone)}
      </p>
      {mail.refusal === null ? null : <Notice tone="bad" title={t('refused', { answer: mail.refusal })} />}
      {mail.waiting ? <Notice tone="warn" title={t('waiting')} /> : null}
      {mail.kind === 'text-message' && mail.refusal === null ? (
        <Notice tone="info" title={t('notSent')}>
          <p>{t('notSentHelp')}</p>
        </Notice>
      ) : null}
      <pre className={style.text}>{withLinks(mail.text)}</pre>
      {mail.attachments.length > 0 ? (
        <ul className={style.files}>
          {mail.attachments.map(file => (
            <li key={file.path}>
              <a href={file.path}>{file.filename}</a>
            </li>
          ))}
        </ul>
      ) : null}
    </>
  )
}

/** columns that stay when a mail is open beside the list */
const beside = ['subject', 'to', 'at']

/** The text with its addresses as links: the way on that most mails hold. */
const withLinks = (text: string) =>
  text.split(/(https?:\/\/\S+)/).map((part, at) =>
    at % 2 === 0 ? (
      part
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: the text never changes
      <a href={part} key={at}>
        {part}
      </a>
    ),
  )
