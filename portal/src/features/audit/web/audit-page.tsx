import { useState } from 'react'
import { type LoaderFunctionArgs, type MetaFunction, useLoaderData, useRevalidator, useSearchParams } from 'react-router'
import { ConfirmedExport } from '#features/accounts/web'
import { formatTime, pathIn, translate } from '#platform/core'
import {
  ActionButton,
  api,
  apiContext,
  type Column,
  DataTable,
  EmptyState,
  FilterBar,
  languageContext,
  Notice,
  PageHeader,
  SplitView,
  StatusBadge,
  useLanguage,
  usePages,
  useProblem,
  useTexts,
  useTimeZone,
} from '#platform/web'
import {
  type AuditCheck,
  type AuditEntryView,
  auditExportFormats,
  auditedActions,
  checkAudit,
  exportAuditEntries,
  getAuditEntry,
  listAuditChecks,
  listAuditEntries,
} from '../core/index.ts'
import { AuditEntryDetail } from './audit-entry-detail.tsx'
import style from './audit-page.module.css'
import { useActionName, useActorName } from './entry-words.ts'

/** /console/audit: who did what. Filters and the open entry live in the URL. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const calls = context.get(apiContext)
  const search = new URL(request.url).searchParams
  const open = Number(search.get('entry'))
  const [page, { items: checks }, entry] = await Promise.all([
    calls.call(listAuditEntries, { query: queryOf(search) }),
    calls.call(listAuditChecks, {}),
    open > 0 && Number.isSafeInteger(open) ? calls.call(getAuditEntry, { params: { position: open } }) : null,
  ])
  return { page, check: checks[0] ?? null, entry, language: context.get(languageContext) }
}

export const meta: MetaFunction<typeof loader> = ({ loaderData }) =>
  loaderData ? [{ title: translate(loaderData.language, 'audit:title') }] : []

export default function AuditPage() {
  const { page, check, entry } = useLoaderData<typeof loader>()
  const [search] = useSearchParams()
  const t = useTexts('audit')
  const action = useActionName()
  const language = useLanguage()
  const pages = usePages(page, cursor => api.call(listAuditEntries, { query: { ...queryOf(search), cursor } }))
  const columns = useColumns()
  const filtered = filterNames.some(name => search.has(name))
  const hrefOf = ({ position }: AuditEntryView) => {
    const next = new URLSearchParams(search)
    next.set('entry', String(position))
    return pathIn(language, `/console/audit?${next}`)
  }
  return (
    <>
      <PageHeader title={t('title')} actions={<AuditExport empty={page.items.length === 0} />}>
        {t('lead')}
      </PageHeader>
      <ChainState check={check} />
      <FilterBar
        search={false}
        filters={[
          { id: 'action', label: t('what'), options: auditedActions.map(one => ({ value: one, label: action(one) })) },
          {
            id: 'outcome',
            label: t('outcome'),
            options: (['done', 'refused'] as const).map(value => ({ value, label: t(value) })),
          },
          { id: 'from', label: t('from') },
          { id: 'to', label: t('to') },
        ]}
      >
        <NarrowedTo name="actor" words={t('allActors')} />
        <NarrowedTo name="targetId" words={t('allTargets')} />
      </FilterBar>
      <SplitView detail={entry ? <AuditEntryDetail entry={entry} /> : null}>
        <DataTable
          label={t('title')}
          columns={columns.filter(({ id }) => !entry || beside.includes(id))}
          {...pages}
          rowId={one => String(one.position)}
          rowHref={hrefOf}
          current={entry ? String(entry.position) : undefined}
          empty={<EmptyState title={t(filtered ? 'noneFound' : 'none')}>{t(filtered ? 'noneFoundHelp' : 'noneHelp')}</EmptyState>}
        />
      </SplitView>
    </>
  )
}

/** The log as it is filtered now. */
function AuditExport({ empty }: { empty: boolean }) {
  const [search] = useSearchParams()
  const t = useTexts('audit')
  return (
    <ConfirmedExport
      title={t('export.title')}
      help={t('export.help')}
      formats={auditExportFormats.map(value => ({
        value,
        label: t(`export.format.${value}`),
        help: t(`export.formatHelp.${value}`),
      }))}
      topic="audit-exports"
      empty={empty}
      fetchFile={(format, token) => api.fetchFile(exportAuditEntries, { body: { ...queryOf(search), format }, ...token })}
    />
  )
}

/** columns that stay when an entry is open beside the list */
const beside = ['at', 'actor', 'what']

function useColumns(): Column<AuditEntryView>[] {
  const t = useTexts('audit')
  const language = useLanguage()
  const zone = useTimeZone()
  const [action, actor] = [useActionName(), useActorName()]
  return [
    {
      id: 'at',
      title: t('at'),
      cell: entry => <time dateTime={entry.at}>{formatTime(entry.at, language, zone)}</time>,
      narrow: true,
    },
    { id: 'actor', title: t('actor'), cell: entry => actor(entry.actor) },
    { id: 'what', title: t('what'), cell: entry => action(entry.action) },
    {
      id: 'target',
      title: t('target'),
      cell: ({ target }) => (target ? <span className={style.id}>{`${target.kind} ${target.id.slice(-12)}`}</span> : '–'),
      optional: true,
    },
    {
      id: 'outcome',
      title: t('outcome'),
      cell: ({ outcome }) => <StatusBadge tone={outcome === 'done' ? 'good' : 'bad'}>{t(outcome)}</StatusBadge>,
      narrow: true,
      optional: true,
    },
  ]
}

/** What the last check of the chain found, and another one on demand. */
function ChainState({ check }: { check: AuditCheck | null }) {
  const t = useTexts('audit')
  const language = useLanguage()
  const zone = useTimeZone()
  const { revalidate } = useRevalidator()
  const { problem, attempt } = useProblem()
  const [busy, setBusy] = useState(false)
  const run = async () => {
    setBusy(true)
    await attempt(() => api.call(checkAudit, {}))
    setBusy(false)
    await revalidate()
  }
  const at = check ? formatTime(check.at, language, zone) : ''
  const title = check
    ? check.broken
      ? t('broken', { position: check.broken.position, at })
      : t('holds', { count: check.entries, at })
    : t('never')
  return (
    <div className={style.state}>
      <Notice tone={check?.broken ? 'bad' : check ? 'good' : 'info'} title={problem?.detail ?? title}>
        {check?.broken ? <p>{t(`brokenHelp.${check.broken.reason}`)}</p> : null}
        <ActionButton size="small" disabled={busy} onClick={run}>
          {t(busy ? 'checking' : 'check')}
        </ActionButton>
      </Notice>
    </div>
  )
}

/** Takes back a narrowing to one person or thing, which was chosen in an entry. */
function NarrowedTo({ name, words }: { name: string; words: string }) {
  const [search, setSearch] = useSearchParams()
  if (!search.has(name)) return null
  const widen = () =>
    setSearch(before => {
      before.delete(name)
      return before
    })
  return (
    <ActionButton size="small" strength="quiet" onClick={widen}>
      {words}
    </ActionButton>
  )
}

const filterNames = ['action', 'outcome', 'from', 'to', 'actor', 'targetId']

/** The page's URL as the API's query; what the API would refuse is left out. */
function queryOf(search: URLSearchParams) {
  const day = (name: string) => (/^\d{4}-\d\d-\d\d$/.test(search.get(name) ?? '') ? search.get(name)! : undefined)
  const actor = search.get('actor') ?? ''
  return {
    action: search.get('action')?.slice(0, 100) || undefined,
    outcome: (['done', 'refused'] as const).find(one => one === search.get('outcome')),
    actor: /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/.test(actor) ? actor : undefined,
    targetId: search.get('targetId')?.slice(0, 100) || undefined,
    from: day('from'),
    to: day('to'),
  }
}
