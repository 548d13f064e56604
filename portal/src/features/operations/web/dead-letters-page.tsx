import { useState } from 'react'
import { type LoaderFunctionArgs, type MetaFunction, useLoaderData, useSearchParams } from 'react-router'
import { translate } from '#platform/core'
import {
  ActionButton,
  api,
  apiContext,
  BottomSheet,
  ConfirmDialog,
  DataTable,
  EmptyState,
  ErrorState,
  FilterBar,
  LocaleLink,
  languageContext,
  Notice,
  PageHeader,
  readAtLeast,
  TextAreaField,
  usePages,
  useProblem,
  useTexts,
} from '#platform/web'
import {
  type DeadLetter,
  type LetterKind,
  type LetterName,
  letterKinds,
  listDeadLetters,
  replayDeadLetters,
  setLettersAside,
  takeLettersBack,
} from '../core/index.ts'
import style from './dead-letters-page.module.css'
import { letterKey, sourceTitle, useLetterColumns } from './letter-columns.tsx'
import { useRefreshed } from './use-refreshed.ts'

/** /console/dead-letters: what was given up, to be tried again or set aside. Filters live in the URL. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const query = queryOf(new URL(request.url).searchParams)
  return { page: await context.get(apiContext).call(listDeadLetters, { query }), language: context.get(languageContext) }
}

export const meta: MetaFunction<typeof loader> = ({ loaderData }) =>
  loaderData ? [{ title: translate(loaderData.language, 'operations:letters.title') }] : []

type Page = Awaited<ReturnType<typeof loader>>['page']
type Source = Page['sources'][number]

export default function DeadLettersPage() {
  const t = useTexts('operations')
  const { page: first } = useLoaderData<typeof loader>()
  const [search] = useSearchParams()
  const read = (cursor?: string) => api.call(listDeadLetters, { query: { ...queryOf(search), ...(cursor ? { cursor } : {}) } })
  const { value: page, refresh } = useRefreshed(first, readAgain)
  const pages = usePages(page, read)
  /** With as much of it as is shown; not while more is on its way, which would be lost. */
  async function readAgain(): Promise<Page> {
    return pages.loadingMore ? page : readAtLeast(pages.rows.length, read)
  }
  const work = useWork(refresh)
  const [asking, setAsking] = useState<DeadLetter | null>(null)
  const columns = useLetterColumns({ busy: work.busy, onReplay: work.replay, onSetAside: setAsking, onTakeBack: work.takeBack })
  const filtered = ['kind', 'source', 'setAside'].some(name => search.has(name))
  return (
    <>
      <PageHeader title={t('letters.title')}>{t('letters.lead')}</PageHeader>
      <div className={style.stack}>
        {work.problem ? <ErrorState problem={work.problem} /> : null}
        {work.said ? (
          <Notice tone={work.said.tone} live title={work.said.words}>
            {work.said.undo ? (
              <ActionButton size="small" strength="quiet" onClick={work.said.undo}>
                {t('letters.undo')}
              </ActionButton>
            ) : null}
          </Notice>
        ) : null}
        <Sources sources={page.sources} busy={work.busy} onReplay={work.replayAll} />
        <Views setAside={search.get('setAside') === 'true'} />
        <FilterBar search={false} filters={useFilters()} />
        <DataTable
          label={t('letters.title')}
          columns={columns}
          {...pages}
          rowId={letterKey}
          empty={
            <EmptyState title={t(filtered ? 'letters.noneFound' : 'letters.none')}>
              {t(filtered ? 'letters.noneFoundHelp' : 'letters.noneHelp')}
            </EmptyState>
          }
        />
      </div>
      <BottomSheet
        open={asking !== null}
        title={asking ? t('letters.asideTitle', { what: sourceTitle(asking, t) }) : ''}
        onClose={() => setAsking(null)}
      >
        {asking ? <AsideForm letter={asking} work={work} onDone={() => setAsking(null)} /> : null}
      </BottomSheet>
    </>
  )
}

function useFilters() {
  const t = useTexts('operations')
  return [
    {
      id: 'kind',
      label: t('letters.kind'),
      options: letterKinds.map(kind => ({ value: kind, label: t(`letters.kinds.${kind}`) })),
    },
  ]
}

/** What waits for a decision, and what somebody has set aside. */
function Views({ setAside }: { setAside: boolean }) {
  const t = useTexts('operations')
  return (
    <nav className={style.views} aria-label={t('letters.view')}>
      <LocaleLink to="/console/dead-letters" aria-current={setAside ? undefined : 'page'}>
        {t('letters.waiting')}
      </LocaleLink>
      <LocaleLink to="/console/dead-letters?setAside=true" aria-current={setAside ? 'page' : undefined}>
        {t('letters.setAside')}
      </LocaleLink>
    </nav>
  )
}

/** Where what waits comes from, each with the way to try all of it again. */
function Sources({
  sources,
  busy,
  onReplay,
}: {
  sources: readonly Source[]
  busy: boolean
  onReplay(from: Source): Promise<void>
}) {
  const t = useTexts('operations')
  const [asking, setAsking] = useState<Source | null>(null)
  if (sources.length === 0) return null
  return (
    <ul className={style.sources}>
      {sources.map(one => (
        <li key={`${one.kind}:${one.source}`}>
          <span>{t('letters.allOf', { source: sourceTitle(one, t), count: one.count })}</span>
          <ActionButton size="small" disabled={busy} onClick={() => setAsking(one)}>
            {t('letters.replayAll')}
          </ActionButton>
        </li>
      ))}
      <ConfirmDialog
        open={asking !== null}
        title={asking ? t('letters.replayAllTitle', { source: sourceTitle(asking, t) }) : ''}
        action={t('letters.replayAll')}
        busy={busy}
        onConfirm={() => {
          const from = asking!
          setAsking(null)
          void onReplay(from)
        }}
        onClose={() => setAsking(null)}
      >
        <p>{t('letters.replayAllHelp')}</p>
      </ConfirmDialog>
    </ul>
  )
}

function AsideForm({ letter, work, onDone }: { letter: DeadLetter; work: Work; onDone(): void }) {
  const t = useTexts('operations')
  const [reason, setReason] = useState('')
  return (
    <form
      className={style.form}
      onSubmit={event => {
        event.preventDefault()
        void work.setAside(letter, reason).then(done => done && onDone())
      }}
    >
      <p>{t('letters.asideHelp')}</p>
      <TextAreaField
        label={t('letters.reason')}
        help={t('letters.reasonHelp')}
        name="reason"
        rows={3}
        maxLength={500}
        required
        value={reason}
        error={work.fields.reason}
        onChange={event => setReason(event.target.value)}
      />
      <ActionButton type="submit" strength="primary" disabled={work.busy}>
        {t('letters.aside')}
      </ActionButton>
    </form>
  )
}

interface Said {
  tone: 'good' | 'warn' | 'bad'
  words: string
  undo?: () => void
}

type Work = ReturnType<typeof useWork>

/** What one does with letters, one thing at a time, and what came of it. */
function useWork(refresh: () => Promise<void>) {
  const t = useTexts('operations')
  const { problem, fields, attempt } = useProblem()
  const [busy, setBusy] = useState(false)
  const [said, setSaid] = useState<Said | null>(null)

  async function run<T>(call: () => Promise<T>, tell: (result: T) => Said): Promise<boolean> {
    setBusy(true)
    const result = await attempt(call)
    if (result !== undefined) {
      setSaid(tell(result))
      await refresh()
    }
    setBusy(false)
    return result !== undefined
  }

  const takeBack = (letter: LetterName) =>
    run(
      () => api.call(takeLettersBack, { body: { letters: [nameOf(letter)] } }),
      () => ({ tone: 'good', words: t('letters.backDone') }),
    )
  return {
    busy,
    said,
    problem: fields.reason ? null : problem,
    fields,
    takeBack,
    replay: (letter: LetterName) =>
      run(
        () => api.call(replayDeadLetters, { body: { letters: [nameOf(letter)] } }),
        ({ results: [one] }) => ({
          tone: one!.outcome === 'failed' ? 'bad' : one!.outcome === 'gone' ? 'warn' : 'good',
          words: t(`letters.${one!.outcome}`, { error: one!.error }),
        }),
      ),
    async replayAll({ kind, source }: Source) {
      await run(
        () => api.call(replayDeadLetters, { body: { from: { kind, source } } }),
        ({ results, left }) => {
          const failed = results.filter(({ outcome }) => outcome === 'failed').length
          const words = t('letters.summary', { done: results.length - failed, failed, left })
          return { tone: failed > 0 ? 'warn' : 'good', words }
        },
      )
    },
    setAside: (letter: LetterName, reason: string) =>
      run(
        () => api.call(setLettersAside, { body: { letters: [nameOf(letter)], reason } }),
        () => ({ tone: 'good', words: t('letters.asideDone'), undo: () => void takeBack(letter) }),
      ),
  }
}

const nameOf = ({ kind, source, id }: LetterName): LetterName => ({ kind, source, id })

/** The list's URL as the API's query; what the API would refuse is left out. */
function queryOf(search: URLSearchParams) {
  const kind = letterKinds.find((one): one is LetterKind => one === search.get('kind'))
  const source = search.get('source')?.slice(0, 200)
  return {
    ...(kind ? { kind } : {}),
    ...(source ? { source } : {}),
    ...(search.get('setAside') === 'true' ? { setAside: 'true' as const } : {}),
  }
}
