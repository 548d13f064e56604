import { type LoaderFunctionArgs, type MetaFunction, useLoaderData, useRevalidator } from 'react-router'
import { ProblemNotice, useConfirmed, useEntry } from '#features/accounts/web'
import { formatTime, pathIn, translate } from '#platform/core'
import {
  ActionButton,
  ActionLink,
  api,
  apiContext,
  Choice,
  ChoiceGroup,
  DescriptionList,
  languageContext,
  PageHeader,
  TextAreaField,
  Timeline,
  useLanguage,
  useTexts,
  useTimeZone,
} from '#platform/web'
import { getRequest, moveRequest, type RequestState, type StaffRequestDetail } from '../core/index.ts'
import { DueBadge } from './due-badge.tsx'
import style from './privacy.module.css'

/** /console/privacy/{requestId}: one request, what was done, and what can be done next. */
export async function loader({ params, context }: LoaderFunctionArgs) {
  const input = { params: { requestId: params.requestId ?? '' } }
  const { value, etag } = await context.get(apiContext).callWithEtag(getRequest, input)
  return { request: value, etag, language: context.get(languageContext) }
}

export const meta: MetaFunction<typeof loader> = ({ loaderData }) =>
  loaderData ? [{ title: `#${loaderData.request.number} · ${translate(loaderData.language, 'privacy:console.title')}` }] : []

export default function RequestPage() {
  const { request, etag } = useLoaderData<typeof loader>()
  const t = useTexts('privacy')
  const language = useLanguage()
  const zone = useTimeZone()
  return (
    <>
      <PageHeader
        title={`#${request.number} ${t(`kind.${request.kind}`)}`}
        actions={
          <ActionLink to={pathIn(language, '/console/privacy')} size="small">
            {t('console.back')}
          </ActionLink>
        }
      >
        {t(`kindHelp.${request.kind}`)}
      </PageHeader>
      <div className={style.stack}>
        <DescriptionList
          items={[
            { term: t('console.state'), value: t(`state.${request.state}`) },
            { term: t('console.who'), value: request.email ?? t('console.erased') },
            { term: t('console.account'), value: t(request.account ? 'console.account' : 'console.visitor') },
            { term: t('console.received'), value: formatTime(request.receivedAt, language, zone) },
            { term: t('console.due'), value: <DueBadge request={request} /> },
          ]}
        />
        {request.words ? (
          <section className={style.held}>
            <h2>{t('console.words')}</h2>
            <p className={style.words}>{request.words}</p>
          </section>
        ) : null}
        {request.moves.length > 0 ? <MoveForm request={request} etag={etag} key={etag} /> : null}
        <section className={style.section}>
          <h2>{t('console.timeline')}</h2>
          <Timeline
            zone={zone}
            entries={request.entries.map(({ id, at, state, note, actor }) => ({
              id,
              at,
              title: `${t(`state.${state}`)} · ${actor ? actor.name || t('console.erased') : t('console.himself')}`,
              body: note || undefined,
              strong: actor !== null,
            }))}
          />
        </section>
      </div>
    </>
  )
}

/** What may be done next. An erasure is confirmed; that an address is its reader's only the mail shows. */
function MoveForm({ request, etag }: { request: StaffRequestDetail; etag: string }) {
  const t = useTexts('privacy')
  const { revalidate } = useRevalidator()
  const { confirmed, dialog } = useConfirmed()
  const moves = request.moves.filter(to => to !== 'identity-checked')
  const erases = (to: RequestState) => request.kind === 'erasure' && to === 'done'
  const entry = useEntry(
    () => ({}),
    async typed => {
      const body = { state: moves.find(to => to === typed.text('to')) ?? moves[0]!, note: typed.text('note') }
      const input = { params: { requestId: request.id }, body, ifMatch: etag }
      const moved = await confirmed(token => api.call(moveRequest, { ...input, ...token }))
      if (moved) await revalidate()
    },
  )
  return (
    <>
      <form className={style.form} method="post" onSubmit={entry.onSubmit}>
        <ProblemNotice problem={entry.problem} />
        <TextAreaField label={t('console.note')} name="note" optional rows={3} maxLength={2000} help={t('console.noteHelp')} />
        <ChoiceGroup title={t('console.state')}>
          {moves.map((to, place) => (
            <Choice
              key={to}
              type="radio"
              name="to"
              value={to}
              defaultChecked={place === 0}
              label={t(erases(to) ? 'console.erase' : `console.moveTo.${to}`)}
              help={erases(to) ? t('console.eraseHelp') : null}
            />
          ))}
        </ChoiceGroup>
        <div className={style.actions}>
          <ActionButton type="submit" strength="primary" disabled={entry.busy}>
            {t('console.move')}
          </ActionButton>
        </div>
      </form>
      {dialog}
    </>
  )
}
