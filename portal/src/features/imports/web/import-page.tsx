import { useState } from 'react'
import { type LoaderFunctionArgs, type MetaFunction, useLoaderData, useNavigate, useRevalidator } from 'react-router'
import { ProblemNotice, useConfirmed } from '#features/accounts/web'
import { fillPath, inLanguage, pathIn, translate } from '#platform/core'
import {
  ActionButton,
  ActionLink,
  api,
  apiContext,
  Breadcrumbs,
  languageContext,
  Notice,
  PageHeader,
  useLanguage,
  useLive,
  useProblem,
  useTexts,
} from '#platform/web'
import {
  decideDuplicates,
  getImport,
  getImportReport,
  type ImportRowView,
  type ImportView,
  listImportRows,
  removeImport,
  sheetKinds,
  type Verdict,
  verdicts,
  writeImport,
} from '../core/index.ts'
import { ImportRows } from './import-rows.tsx'
import style from './imports.module.css'
import { type Step, Steps } from './steps.tsx'

/** /console/companies/import/{id}?verdict=…&kind=…: what becomes of every row, what is to be decided, and what was written. */
export async function loader({ params, request, context }: LoaderFunctionArgs) {
  const calls = context.get(apiContext)
  const importId = params.importId ?? ''
  const view = await calls.call(getImport, { params: { importId } })
  const filter = filterOf(new URL(request.url).searchParams)
  const page = await calls.call(listImportRows, { params: { importId }, query: filter })
  return { view, page, filter, language: context.get(languageContext) }
}

function filterOf(search: URLSearchParams) {
  const verdict = verdicts.find(one => one === search.get('verdict'))
  const kind = sheetKinds.find(one => one === search.get('kind'))
  return { ...(kind ? { kind } : {}), ...(verdict ? { verdict } : {}) }
}

export const meta: MetaFunction<typeof loader> = ({ loaderData }) =>
  loaderData ? [{ title: `${loaderData.view.fileName} · ${translate(loaderData.language, 'imports:title')}` }] : []

export default function ImportPage() {
  const { view, page, filter } = useLoaderData<typeof loader>()
  const t = useTexts('imports')
  const language = useLanguage()
  const navigate = useNavigate()
  const { revalidate } = useRevalidator()
  const { problem, attempt } = useProblem()
  const { confirmed, dialog } = useConfirmed()
  const [busy, setBusy] = useState(false)
  const [written, setWritten] = useState<number | null>(null)
  const [wasWriting, setWasWriting] = useState(false)
  const params = { importId: view.id }
  const ifMatch = `"${view.revision}"`
  useLive('customer-imports', message => {
    const [id, rows] = message?.split('/') ?? []
    if (id === view.id && rows !== undefined) setWritten(Number(rows))
    else if (message === null || id === view.id) void revalidate()
  })

  const act = async (work: () => Promise<unknown>) => {
    setBusy(true)
    const result = await attempt(work).finally(() => setBusy(false))
    await revalidate()
    return result
  }
  const decide = (row: ImportRowView, choice: 'same' | 'different') => {
    const shown = row.candidates.map(({ target }) => target)
    const against = choice === 'same' ? shown.slice(0, 1) : shown
    void act(() => api.call(decideDuplicates, { params, ifMatch, body: { rows: [{ place: row.place, choice, against }] } }))
  }
  const decideAll = (all: 'same' | 'different') => void act(() => api.call(decideDuplicates, { params, ifMatch, body: { all } }))
  const write = () => {
    setWasWriting(true)
    void act(() => api.call(writeImport, { params, ifMatch }))
  }
  const remove = async () => {
    const gone = await act(() => confirmed(token => api.call(removeImport, { params, ...token }).then(() => true)))
    if (gone && view.status === 'checked') await navigate(pathIn(language, '/console/companies/import'))
  }
  const open = view.counts.company?.duplicate ?? 0
  const step: Step = view.status === 'checked' ? (open > 0 ? 'decide' : 'check') : 'done'
  const report = `/api/v1${fillPath(getImportReport.path, params)}?language=${language}`
  return (
    <>
      <Breadcrumbs
        crumbs={[{ title: t('title'), href: pathIn(language, '/console/companies/import') }, { title: view.fileName }]}
      />
      <PageHeader title={view.fileName}>{view.status === 'checked' ? t('nothingYet') : t(`status.${view.status}`)}</PageHeader>
      <Steps now={step} />
      <div className={style.stack}>
        <ProblemNotice problem={problem} />
        <FileFindings view={view} />
        {view.status === 'checked' && wasWriting && open > 0 && !busy ? <Notice tone="warn" live title={t('lookAgain')} /> : null}
        {view.status === 'writing' ? (
          <Notice tone="info" live title={t('writing')}>
            {written === null ? null : <p>{t('writtenSoFar', { count: written })}</p>}
          </Notice>
        ) : null}
        {view.status === 'done' ? (
          <Notice tone="good" live title={t('done')}>
            <p>{t('doneHelp')}</p>
          </Notice>
        ) : null}
        {view.status === 'taken-back' ? <Notice tone="info" title={t('takenBack')} /> : null}
        <CountsTable view={view} />
        {view.status === 'checked' && open > 0 ? (
          <Notice tone="warn" title={t('decideTitle', { count: open })}>
            <p>{t('decideHelp')}</p>
            <div className={style.choose}>
              <ActionButton size="small" disabled={busy} onClick={() => decideAll('same')}>
                {t('allSame')}
              </ActionButton>
              <ActionButton size="small" disabled={busy} onClick={() => decideAll('different')}>
                {t('allDifferent')}
              </ActionButton>
            </div>
          </Notice>
        ) : null}
        {view.status === 'checked' ? <WriteIt view={view} busy={busy} onWrite={write} onGiveUp={() => void remove()} /> : null}
        {view.status === 'done' || view.status === 'taken-back' ? (
          <div className={style.actions}>
            <ActionLink to={pathIn(language, '/console/companies')} strength="primary">
              {t('toCompanies')}
            </ActionLink>
            <ActionLink to={pathIn(language, '/console/companies/import')}>{t('another')}</ActionLink>
            {view.canTakeBack ? (
              <>
                <ActionLink to={report} reloadDocument>
                  {t('report.get')}
                </ActionLink>
                <ActionButton disabled={busy} onClick={() => void remove()}>
                  {t('takeBack')}
                </ActionButton>
                <span className={style.help}>{t('takeBackHelp')}</span>
              </>
            ) : null}
          </div>
        ) : null}
        <ImportRows view={view} page={page} filter={filter} busy={busy} onDecide={decide} />
      </div>
      {dialog}
    </>
  )
}

/** What is wrong with the file as a whole. */
function FileFindings({ view: { findings } }: { view: ImportView }) {
  const t = useTexts('imports')
  const language = useLanguage()
  if (findings.length === 0) return null
  const broken = findings.some(({ level }) => level === 'error')
  return (
    <Notice tone={broken ? 'bad' : 'warn'} title={broken ? t('broken') : undefined}>
      <ul className={style.findings}>
        {findings.map(({ code, sheet, column, value, message, remedy }) => (
          <li key={`${code} ${sheet} ${column}`}>
            {[sheet, column, value && `“${value}”`].filter(Boolean).join(' · ')} {inLanguage(message, language)}
            <small>{inLanguage(remedy, language)}</small>
          </li>
        ))}
      </ul>
    </Notice>
  )
}

function CountsTable({ view: { counts } }: { view: ImportView }) {
  const t = useTexts('imports')
  const shown = verdicts.filter(verdict => sheetKinds.some(kind => counts[kind]?.[verdict]))
  if (shown.length === 0) return null
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section className={style.scroll} tabIndex={0} aria-label={t('counted')}>
      <table className={style.counts}>
        <thead>
          <tr>
            <th scope="col">{t('counted')}</th>
            {shown.map(verdict => (
              <th key={verdict} scope="col">
                {t(`verdict.${verdict}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {sheetKinds.map(kind => (
            <tr key={kind}>
              <th scope="row">{t(`kind.${kind}`)}</th>
              {shown.map(verdict => (
                <td key={verdict}>{counts[kind]?.[verdict] ?? 0}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

interface WriteItProps {
  view: ImportView
  busy: boolean
  onWrite(): void
  onGiveUp(): void
}

function WriteIt({ view: { counts, findings }, busy, onWrite, onGiveUp }: WriteItProps) {
  const t = useTexts('imports')
  const sum = (...of: Verdict[]) =>
    sheetKinds.reduce((total, kind) => total + of.reduce((rows, verdict) => rows + (counts[kind]?.[verdict] ?? 0), 0), 0)
  const broken = findings.some(({ level }) => level === 'error')
  const something = !broken && sum('new', 'update') > 0
  const open = counts.company?.duplicate ?? 0
  return (
    <section className={style.section}>
      {sum('error') > 0 ? <p>{t('skipped', { count: sum('error') })}</p> : null}
      {something || open > 0 || broken ? null : (
        <Notice tone="info" title={t('nothing')}>
          <p>{t('nothingHelp')}</p>
        </Notice>
      )}
      <div className={style.actions}>
        {something ? (
          <ActionButton strength="primary" disabled={busy || open > 0} onClick={onWrite}>
            {t('write')}
          </ActionButton>
        ) : null}
        <ActionButton disabled={busy} onClick={onGiveUp}>
          {t('giveUp')}
        </ActionButton>
        {something ? <span className={style.help}>{t('writeHelp')}</span> : null}
      </div>
    </section>
  )
}
