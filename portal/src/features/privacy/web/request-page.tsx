import { type LoaderFunctionArgs, type MetaFunction, useLoaderData, useRevalidator } from 'react-router'
import type { Proof } from '#features/accounts/core'
import { getSecurity, type ProofMethod } from '#features/accounts/core'
import { ProblemNotice, ProofForm, type Typed, useEntry } from '#features/accounts/web'
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
  Notice,
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
  const calls = context.get(apiContext)
  const [{ value, etag }, { methods }] = await Promise.all([
    calls.callWithEtag(getRequest, { params: { requestId: params.requestId ?? '' } }),
    calls.call(getSecurity, {}),
  ])
  return { request: value, etag, methods, language: context.get(languageContext) }
}

export const meta: MetaFunction<typeof loader> = ({ loaderData }) =>
  loaderData ? [{ title: `#${loaderData.request.number} · ${translate(loaderData.language, 'privacy:console.title')}` }] : []

export default function RequestPage() {
  const { request, etag, methods } = useLoaderData<typeof loader>()
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
        <Moves request={request} etag={etag} methods={methods} key={etag} />
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

interface MovesProps {
  request: StaffRequestDetail
  etag: string
  methods: readonly ProofMethod[]
}

/** What may be done next. An erasure is done behind a proof; that an address is its reader's only the mail shows. */
function Moves({ request, etag, methods }: MovesProps) {
  const t = useTexts('privacy')
  const { revalidate } = useRevalidator()
  const erasing = request.kind === 'erasure' && request.moves.includes('done')
  const moves = request.moves.filter(to => to !== 'identity-checked' && !(erasing && to === 'done'))
  const move = async (state: RequestState, typed: Typed, proof?: Proof) => {
    const body = { state, note: typed.text('note'), ...(proof ? { proof } : {}) }
    await api.call(moveRequest, { params: { requestId: request.id }, body, ifMatch: etag })
    await revalidate()
  }
  const note = (
    <TextAreaField label={t('console.note')} name="note" optional rows={3} maxLength={2000} help={t('console.noteHelp')} />
  )
  if (request.moves.length === 0) return null
  return (
    <>
      {moves.length > 0 ? <MoveForm moves={moves} note={note} onMove={move} /> : null}
      {erasing ? (
        <section className={style.section}>
          <h2>{t('console.eraseTitle')}</h2>
          <Notice tone="warn" title={t('console.eraseHelp')} />
          <ProofForm methods={methods} action={t('console.erase')} onProof={(proof, typed) => move('done', typed, proof)}>
            {note}
          </ProofForm>
        </section>
      ) : null}
    </>
  )
}

interface MoveFormProps {
  moves: readonly RequestState[]
  note: React.ReactNode
  onMove(to: RequestState, typed: Typed): Promise<void>
}

function MoveForm({ moves, note, onMove }: MoveFormProps) {
  const t = useTexts('privacy')
  const entry = useEntry(
    () => ({}),
    typed => onMove(moves.find(to => to === typed.text('to')) ?? moves[0]!, typed),
  )
  return (
    <form className={style.form} method="post" onSubmit={entry.onSubmit}>
      <ProblemNotice problem={entry.problem} />
      {note}
      <ChoiceGroup title={t('console.state')}>
        {moves.map((to, place) => (
          <Choice key={to} type="radio" name="to" value={to} defaultChecked={place === 0} label={t(`console.moveTo.${to}`)} />
        ))}
      </ChoiceGroup>
      <div className={style.actions}>
        <ActionButton type="submit" strength="primary" disabled={entry.busy}>
          {t('public.send')}
        </ActionButton>
      </div>
    </form>
  )
}
