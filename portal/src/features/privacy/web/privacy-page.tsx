import { useState } from 'react'
import { type LoaderFunctionArgs, type MetaFunction, useLoaderData, useSearchParams } from 'react-router'
import { ProblemNotice, useEntry } from '#features/accounts/web'
import { type CallResult, formatDate, formatTime, inLanguage, pathIn, translate } from '#platform/core'
import {
  ActionButton,
  ActionLink,
  api,
  apiContext,
  Container,
  DescriptionList,
  type FieldMessages,
  languageContext,
  Notice,
  originContext,
  PageHeader,
  PlainText,
  pageMeta,
  TextAreaField,
  TextField,
  useLanguage,
  useTexts,
  useTimeZone,
} from '#platform/web'
import {
  askAsVisitor,
  confirmRequest,
  type Declarations,
  getDeclarations,
  getNotice,
  type PrivacyRequest,
  requestKinds,
} from '../core/index.ts'
import { IssueLine } from './issue-line.tsx'
import { KindChoice, readKind } from './kind-choice.tsx'
import style from './privacy.module.css'

/** /privacy: what is held of people, why, and for how long, from the declarations; and how to ask. */
export async function loader({ context }: LoaderFunctionArgs) {
  const calls = context.get(apiContext)
  const [declarations, notice] = await Promise.all([calls.call(getDeclarations, {}), calls.call(getNotice, {})])
  return {
    declarations,
    notice,
    language: context.get(languageContext),
    origin: context.get(originContext),
  }
}

export const meta: MetaFunction<typeof loader> = ({ loaderData }) =>
  loaderData
    ? pageMeta({
        ...loaderData,
        path: '/privacy',
        title: translate(loaderData.language, 'privacy:public.title'),
        description: translate(loaderData.language, 'privacy:public.lead'),
      })
    : []

export default function PrivacyPage() {
  const t = useTexts('privacy')
  const language = useLanguage()
  const { declarations, notice } = useLoaderData<typeof loader>()
  const [search] = useSearchParams()
  const token = search.get('token')
  return (
    <Container width="narrow">
      <PageHeader title={t('public.title')}>{t('public.lead')}</PageHeader>
      <div className={style.stack}>
        {token ? <Confirmation token={token} /> : null}
        <PlainText text={notice.text[language]} />
        <Issue notice={notice} />
        <details className={style.details}>
          <summary>{t('public.details')}</summary>
          <Held declarations={declarations} />
        </details>
        <section className={style.section}>
          <h2>{t('public.requests')}</h2>
          <p>{t('public.signedIn')}</p>
          <div className={style.actions}>
            <ActionLink to={pathIn(language, '/account/privacy')}>{t('public.toAccount')}</ActionLink>
          </div>
        </section>
        <Ask />
      </div>
    </Container>
  )
}

/** Which version this is, what is new in it, and the ones before. */
function Issue({ notice: { version, publishedAt, change, versions } }: { notice: CallResult<typeof getNotice> }) {
  const t = useTexts('privacy')
  const language = useLanguage()
  const zone = useTimeZone()
  if (!publishedAt) return null
  const earlier = versions.filter(one => one.version !== version)
  return (
    <section className={style.held}>
      <p suppressHydrationWarning>{t('versions.current', { version, day: formatDate(publishedAt, language, zone) })}</p>
      {change[language] ? <p>{t('versions.change', { change: change[language] })}</p> : null}
      {earlier.length > 0 ? (
        <details className={style.details}>
          <summary>{t('versions.earlier')}</summary>
          <ul className={style.items}>
            {earlier.map(issue => (
              <IssueLine issue={issue} key={issue.version} />
            ))}
          </ul>
        </details>
      ) : null}
    </section>
  )
}

function Held({ declarations }: { declarations: Declarations }) {
  const t = useTexts('privacy')
  const language = useLanguage()
  return declarations.items.map(({ about, why, kept, fields }) => (
    <section className={style.held} key={about.en}>
      <h2>{inLanguage(about, language)}</h2>
      <DescriptionList
        items={[
          {
            term: t('public.field'),
            value: fields
              .map(field => `${inLanguage(field.what, language)}（${t(`public.protection.${field.protection}`)}）`)
              .join(' · '),
          },
          { term: t('public.why'), value: inLanguage(why, language) },
          { term: t('public.kept'), value: inLanguage(kept, language) },
        ]}
      />
    </section>
  ))
}

/** The link of the mail: one click more, so that a mail program that looks at links confirms nothing. */
function Confirmation({ token }: { token: string }) {
  const t = useTexts('privacy')
  const language = useLanguage()
  const zone = useTimeZone()
  const [done, setDone] = useState<PrivacyRequest | null>(null)
  const entry = useEntry(
    () => ({}),
    async () => setDone(await api.call(confirmRequest, { body: { token } })),
  )
  if (done)
    return (
      <Notice tone="good" live title={t('public.confirmed', { number: done.number })}>
        <p>{t('public.confirmedText', { due: formatTime(done.dueAt, language, zone) })}</p>
      </Notice>
    )
  return (
    <form className={style.form} method="post" onSubmit={entry.onSubmit}>
      <ProblemNotice problem={entry.problem} />
      <p>{t('public.confirmText')}</p>
      <div className={style.actions}>
        <ActionButton type="submit" strength="primary" disabled={entry.busy}>
          {t('public.confirm')}
        </ActionButton>
      </div>
    </form>
  )
}

function Ask() {
  const t = useTexts('privacy')
  const [sent, setSent] = useState(false)
  const entry = useEntry(
    (typed): FieldMessages =>
      /^[^@\s]+@[^@\s.]+(\.[^@\s.]+)+$/.test(typed.text('email')) ? {} : { email: t('public.wrongEmail') },
    async typed => {
      const body = { kind: readKind(typed.text('kind')), email: typed.text('email'), words: typed.text('words') }
      await api.call(askAsVisitor, { body })
      setSent(true)
    },
  )
  return (
    <section className={style.section}>
      <h2>{t('public.ask')}</h2>
      {sent ? (
        <Notice tone="good" live title={t('public.sent')}>
          <p>{t('public.sentText')}</p>
        </Notice>
      ) : (
        <form className={style.form} method="post" noValidate onSubmit={entry.onSubmit}>
          <ProblemNotice problem={entry.problem} />
          <KindChoice kinds={requestKinds} />
          <TextField
            label={t('public.email')}
            name="email"
            type="email"
            autoComplete="email"
            required
            maxLength={254}
            help={t('public.askHelp')}
            error={entry.errors.email}
          />
          <TextAreaField
            label={t('public.words')}
            name="words"
            optional
            rows={3}
            maxLength={2000}
            help={t('public.wordsHelp')}
            error={entry.errors.words}
          />
          <div className={style.actions}>
            <ActionButton type="submit" strength="primary" disabled={entry.busy}>
              {t('public.send')}
            </ActionButton>
          </div>
        </form>
      )}
    </section>
  )
}
