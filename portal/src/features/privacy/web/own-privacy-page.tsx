import { useState } from 'react'
import { type LoaderFunctionArgs, type MetaFunction, useLoaderData, useRevalidator } from 'react-router'
import type { ProofMethod } from '#features/accounts/core'
import { ProblemNotice, ProofForm, useEntry } from '#features/accounts/web'
import { formatTime, inLanguage, translate } from '#platform/core'
import {
  ActionButton,
  api,
  apiContext,
  Choice,
  ChoiceGroup,
  Container,
  LocaleLink,
  languageContext,
  Notice,
  originContext,
  PageHeader,
  pageMeta,
  saveFile,
  TextAreaField,
  useLanguage,
  useTexts,
  useTimeZone,
} from '#platform/web'
import { askForMyself, type ConsentView, fetchExport, getMyPrivacy, type MyPrivacy, withdrawConsent } from '../core/index.ts'
import { KindChoice, readKind } from './kind-choice.tsx'
import style from './privacy.module.css'

/** /account/privacy: consents and requests of who is signed in; anybody else is led to sign in. */
export async function loader({ context }: LoaderFunctionArgs) {
  const calls = context.get(apiContext)
  const [language, origin] = [context.get(languageContext), context.get(originContext)]
  return { language, origin, own: await calls.call(getMyPrivacy, {}) }
}

export const meta: MetaFunction<typeof loader> = ({ loaderData }) =>
  loaderData
    ? pageMeta({
        ...loaderData,
        path: '/account/privacy',
        title: translate(loaderData.language, 'privacy:own.title'),
        hidden: true,
      })
    : []

export default function OwnPrivacyPage() {
  const t = useTexts('privacy')
  const { own } = useLoaderData<typeof loader>()
  return (
    <Container width="narrow">
      <PageHeader title={t('own.title')}>{t('own.lead')}</PageHeader>
      <div className={style.stack}>
        <p>
          <LocaleLink to="/privacy">{t('own.seePublic')}</LocaleLink>
        </p>
        <Requests own={own} />
        <Consents consents={own.consents} />
        <NewRequest methods={own.methods} />
      </div>
    </Container>
  )
}

function Requests({ own: { requests, methods } }: { own: MyPrivacy }) {
  const t = useTexts('privacy')
  const language = useLanguage()
  const zone = useTimeZone()
  return (
    <section className={style.section}>
      <h2>{t('own.requests')}</h2>
      {requests.length === 0 ? <p className={style.muted}>{t('own.noRequests')}</p> : null}
      <ul className={style.items}>
        {requests.map(({ id, number, kind, state, dueAt, closedAt, ready, answer }) => (
          <li key={id}>
            <div className={style.line}>
              <strong>
                #{number} {t(`kind.${kind}`)}
              </strong>
              <span>{t(`state.${state}`)}</span>
              <span className={style.muted} suppressHydrationWarning>
                {closedAt
                  ? t('own.closed', { time: formatTime(closedAt, language, zone) })
                  : t('own.due', { time: formatTime(dueAt, language, zone) })}
              </span>
            </div>
            {answer ? <p className={style.words}>{answer}</p> : null}
            {ready ? <Download requestId={id} methods={methods} /> : null}
          </li>
        ))}
      </ul>
    </section>
  )
}

/** Asks for a proof, then hands the file to the browser. */
function Download({ requestId, methods }: { requestId: string; methods: readonly ProofMethod[] }) {
  const t = useTexts('privacy')
  const [open, setOpen] = useState(false)
  if (!open)
    return (
      <ActionButton size="small" onClick={() => setOpen(true)}>
        {t('own.fetch')}
      </ActionButton>
    )
  return (
    <div className={style.wide}>
      <p className={style.muted}>{t('own.fetchHelp')}</p>
      <ProofForm
        methods={methods}
        action={t('own.fetch')}
        onProof={async (proof, typed) => {
          const format = typed.text('format') === 'json' ? 'json' : 'html'
          const { fileName, contentType, content } = await api.call(fetchExport, {
            params: { requestId },
            body: { format, proof },
          })
          saveFile(fileName, new Blob([content], { type: contentType }))
          setOpen(false)
        }}
      >
        <ChoiceGroup title={t('own.format')}>
          {(['html', 'json'] as const).map(format => (
            <Choice
              key={format}
              type="radio"
              name="format"
              value={format}
              defaultChecked={format === 'html'}
              label={t(format === 'html' ? 'own.asPage' : 'own.asJson')}
            />
          ))}
        </ChoiceGroup>
      </ProofForm>
    </div>
  )
}

function Consents({ consents }: { consents: readonly ConsentView[] }) {
  const t = useTexts('privacy')
  return (
    <section className={style.section}>
      <h2>{t('own.consents')}</h2>
      {consents.length === 0 ? <p className={style.muted}>{t('own.noConsents')}</p> : null}
      <ul className={style.items}>
        {consents.map(consent => (
          <Consent consent={consent} key={consent.id} />
        ))}
      </ul>
    </section>
  )
}

function Consent({ consent: { id, text, version, notice, givenAt, withdrawnAt } }: { consent: ConsentView }) {
  const t = useTexts('privacy')
  const language = useLanguage()
  const zone = useTimeZone()
  const { revalidate } = useRevalidator()
  const entry = useEntry(
    () => ({}),
    async () => {
      await api.call(withdrawConsent, { params: { consentId: id } })
      await revalidate()
    },
  )
  return (
    <li>
      <p className={style.words}>{text ? inLanguage(text, language) : version}</p>
      <span className={style.muted} suppressHydrationWarning>
        {withdrawnAt
          ? t('own.withdrawn', { time: formatTime(withdrawnAt, language, zone) })
          : t('own.given', { time: formatTime(givenAt, language, zone) })}
      </span>
      {notice === null ? null : (
        <LocaleLink to={`/privacy/versions/${notice}`}>
          {notice === 0 ? t('own.shippedNotice') : t('own.notice', { version: notice })}
        </LocaleLink>
      )}
      <ProblemNotice problem={entry.problem} />
      {withdrawnAt ? null : (
        <form method="post" onSubmit={entry.onSubmit}>
          <ActionButton type="submit" size="small" disabled={entry.busy}>
            {t('own.withdraw')}
          </ActionButton>
        </form>
      )}
    </li>
  )
}

function NewRequest({ methods }: { methods: readonly ProofMethod[] }) {
  const t = useTexts('privacy')
  const { revalidate } = useRevalidator()
  const [sent, setSent] = useState<number | null>(null)
  return (
    <section className={style.section}>
      <h2>{t('own.ask')}</h2>
      {sent === null ? null : <Notice tone="good" live title={t('own.sent', { number: sent })} />}
      <ProofForm
        methods={methods}
        action={t('own.send')}
        onProof={async (proof, typed) => {
          const body = { kind: readKind(typed.text('kind')), words: typed.text('words'), proof }
          const { number } = await api.call(askForMyself, { body })
          setSent(number)
          await revalidate()
        }}
      >
        <KindChoice />
        <TextAreaField label={t('own.words')} name="words" optional rows={3} maxLength={2000} help={t('public.wordsHelp')} />
      </ProofForm>
    </section>
  )
}
