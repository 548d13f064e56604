import { type FormEvent, useRef, useState } from 'react'
import { type LoaderFunctionArgs, type MetaFunction, useLoaderData, useNavigate } from 'react-router'
import { ProblemNotice } from '#features/accounts/web'
import { fillPath, formatTime, pathIn, translate } from '#platform/core'
import {
  ActionButton,
  ActionLink,
  api,
  apiContext,
  Breadcrumbs,
  Choice,
  ChoiceGroup,
  type Column,
  DataTable,
  Field,
  languageContext,
  PageHeader,
  StatusBadge,
  type Tone,
  useLanguage,
  useProblem,
  useTexts,
  useTimeZone,
} from '#platform/web'
import {
  checkCustomers,
  declaration,
  getImportTemplate,
  type ImportStatus,
  type ImportView,
  listImports,
  mostBytes,
} from '../core/index.ts'
import style from './imports.module.css'
import { Steps } from './steps.tsx'

/** /console/companies/import: the file of customers, with what its sender declares; and the imports there were. */
export async function loader({ context }: LoaderFunctionArgs) {
  const { items } = await context.get(apiContext).call(listImports, {})
  return { items, language: context.get(languageContext) }
}

export const meta: MetaFunction<typeof loader> = ({ loaderData }) =>
  loaderData ? [{ title: translate(loaderData.language, 'imports:title') }] : []

export default function ImportsPage() {
  const { items } = useLoaderData<typeof loader>()
  const t = useTexts('imports')
  const ofAccounts = useTexts('accounts')
  const language = useLanguage()
  return (
    <>
      <Breadcrumbs
        crumbs={[{ title: ofAccounts('companies.title'), href: pathIn(language, '/console/companies') }, { title: t('title') }]}
      />
      <PageHeader title={t('title')}>{t('lead')}</PageHeader>
      <Steps now="file" />
      <div className={style.stack}>
        <div className={style.actions}>
          <ActionLink to={`/api/v1${fillPath(getImportTemplate.path)}`} reloadDocument>
            {t('template')}
          </ActionLink>
          <span className={style.help}>{t('templateHelp')}</span>
        </div>
        <UploadForm />
        <section className={style.section}>
          <h2>{t('earlier')}</h2>
          <DataTable
            label={t('earlier')}
            columns={useColumns()}
            rows={items}
            rowId={({ id }) => id}
            rowHref={({ id }) => pathIn(language, `/console/companies/import/${id}`)}
            empty={<p className={style.help}>{t('earlierNone')}</p>}
          />
        </section>
      </div>
    </>
  )
}

function UploadForm() {
  const t = useTexts('imports')
  const language = useLanguage()
  const navigate = useNavigate()
  const { problem, attempt, clear } = useProblem()
  const [busy, setBusy] = useState(false)
  const [wrong, setWrong] = useState<{ declared?: string; file?: string }>({})
  const form = useRef<HTMLFormElement>(null)

  async function send(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const data = new FormData(event.currentTarget)
    const file = data.get('file') as File
    const found = {
      ...(data.has('declared') ? {} : { declared: t('declarationMissing') }),
      ...(file.size === 0 ? { file: t('fileMissing') } : file.size > mostBytes ? { file: t('fileTooLarge') } : {}),
    }
    clear()
    setWrong(found)
    if (busy || Object.keys(found).length > 0) return
    setBusy(true)
    const checked = await attempt(() =>
      api.call(checkCustomers, { query: { declaration: declaration.version }, body: { name: file.name, content: file } }),
    ).finally(() => setBusy(false))
    if (!checked) return
    const first = checked.counts.company?.duplicate ? '?verdict=duplicate' : '' // what is to be decided is shown first
    await navigate(`${pathIn(language, `/console/companies/import/${checked.id}`)}${first}`)
  }
  return (
    <form ref={form} className={style.form} method="post" noValidate onSubmit={send}>
      <ProblemNotice problem={problem} />
      <Field label={t('file')} help={t('fileHelp')} error={wrong.file} required>
        {control => <input {...control} type="file" name="file" accept=".xlsx" />}
      </Field>
      <ChoiceGroup title={t('declarationTitle')} error={wrong.declared}>
        <Choice type="checkbox" name="declared" label={t('declaration')} help={t('declarationHelp')} />
      </ChoiceGroup>
      <div className={style.actions}>
        <ActionButton type="submit" strength="primary" disabled={busy}>
          {t('check')}
        </ActionButton>
        <span role="status">{busy ? t('checking') : ''}</span>
      </div>
    </form>
  )
}

const tones: Record<ImportStatus, Tone> = { checked: 'waiting', writing: 'active', done: 'good', 'taken-back': 'neutral' }

function useColumns(): Column<ImportView>[] {
  const t = useTexts('imports')
  const language = useLanguage()
  const zone = useTimeZone()
  return [
    { id: 'file', title: t('file'), cell: ({ fileName }) => fileName },
    {
      id: 'status',
      title: t('state'),
      narrow: true,
      cell: ({ status }) => <StatusBadge tone={tones[status]}>{t(`status.${status}`)}</StatusBadge>,
    },
    { id: 'by', title: t('by'), optional: true, cell: ({ declaredBy }) => declaredBy.name },
    {
      id: 'at',
      title: t('at'),
      narrow: true,
      optional: true,
      cell: ({ declaredAt }) => <time dateTime={declaredAt}>{formatTime(declaredAt, language, zone)}</time>,
    },
  ]
}
