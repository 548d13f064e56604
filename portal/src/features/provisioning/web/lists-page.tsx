import { type FormEvent, useState } from 'react'
import { type LoaderFunctionArgs, type MetaFunction, useLoaderData, useNavigate } from 'react-router'
import { ProblemNotice } from '#features/accounts/web'
import { fillPath, formatTime, pathIn, translate } from '#platform/core'
import {
  ActionButton,
  ActionLink,
  api,
  apiContext,
  Breadcrumbs,
  type Column,
  DataTable,
  Field,
  languageContext,
  PageHeader,
  useLanguage,
  useProblem,
  useTexts,
  useTimeZone,
} from '#platform/web'
import {
  checkDeviceList,
  type DeviceList,
  getListTemplate,
  type ListCheck,
  listDeviceLists,
  mostListBytes,
  registerDeviceList,
} from '../core/index.ts'
import { CheckedList } from './checked-list.tsx'
import style from './provisioning.module.css'

/** /console/device-lists: a list of machines is checked and registered; and the lists there were. */
export async function loader({ context }: LoaderFunctionArgs) {
  const { items } = await context.get(apiContext).call(listDeviceLists, {})
  return { items, language: context.get(languageContext) }
}

export const meta: MetaFunction<typeof loader> = ({ loaderData }) =>
  loaderData ? [{ title: translate(loaderData.language, 'provisioning:title') }] : []

export default function ListsPage() {
  const { items } = useLoaderData<typeof loader>()
  const t = useTexts('provisioning')
  const ofDevices = useTexts('devices')
  const language = useLanguage()
  return (
    <>
      <Breadcrumbs
        crumbs={[{ title: ofDevices('console.title'), href: pathIn(language, '/console/devices') }, { title: t('title') }]}
      />
      <PageHeader title={t('title')}>{t('lead')}</PageHeader>
      <div className={style.stack}>
        <div className={style.actions}>
          <ActionLink to={`/api/v1${fillPath(getListTemplate.path)}`} reloadDocument>
            {t('template')}
          </ActionLink>
          <span className={style.help}>{t('templateHelp')}</span>
        </div>
        <Upload />
        <section className={style.section}>
          <h2>{t('earlier')}</h2>
          <DataTable
            label={t('earlier')}
            columns={useColumns()}
            rows={items}
            rowId={({ id }) => id}
            rowHref={({ id }) => pathIn(language, `/console/device-lists/${id}`)}
            empty={<p className={style.help}>{t('earlierNone')}</p>}
          />
        </section>
      </div>
    </>
  )
}

interface Checked {
  file: File
  check: ListCheck
}

function Upload() {
  const t = useTexts('provisioning')
  const language = useLanguage()
  const navigate = useNavigate()
  const { problem, attempt, clear } = useProblem()
  const [busy, setBusy] = useState(false)
  const [wrong, setWrong] = useState<string>()
  const [checked, setChecked] = useState<Checked | null>(null)
  const during = <Result,>(work: () => Promise<Result>) => {
    clear()
    setBusy(true)
    return attempt(work).finally(() => setBusy(false))
  }
  async function send(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const file = new FormData(event.currentTarget).get('file') as File
    const fault = file.size === 0 ? t('fileMissing') : file.size > mostListBytes ? t('fileTooLarge') : undefined
    setWrong(fault)
    setChecked(null)
    if (busy || fault) return
    const check = await during(() => api.call(checkDeviceList, { body: { name: file.name, content: file } }))
    if (check) setChecked({ file, check })
  }
  const register = async ({ file, check }: Checked) => {
    const list = await during(() =>
      api.call(registerDeviceList, { query: { checked: check.checked }, body: { name: file.name, content: file } }),
    )
    if (list) await navigate(pathIn(language, `/console/device-lists/${list.id}`))
  }
  return (
    <>
      <form className={style.form} method="post" noValidate onSubmit={send}>
        <ProblemNotice problem={problem} />
        <Field label={t('file')} help={t('fileHelp')} error={wrong} required>
          {control => <input {...control} type="file" name="file" accept=".xlsx,.csv" />}
        </Field>
        <div className={style.actions}>
          <ActionButton type="submit" strength={checked ? 'secondary' : 'primary'} disabled={busy}>
            {t('check')}
          </ActionButton>
          <span role="status">{busy && !checked ? t('checking') : ''}</span>
        </div>
      </form>
      {checked ? (
        <CheckedList key={checked.check.checked} check={checked.check} busy={busy} onRegister={() => void register(checked)} />
      ) : null}
    </>
  )
}

function useColumns(): Column<DeviceList>[] {
  const t = useTexts('provisioning')
  const language = useLanguage()
  const zone = useTimeZone()
  const time = (at: string) => <time dateTime={at}>{formatTime(at, language, zone)}</time>
  return [
    { id: 'file', title: t('file'), cell: ({ fileName }) => fileName },
    { id: 'machines', title: t('machines'), cell: ({ machines }) => machines, narrow: true },
    { id: 'at', title: t('registeredAt'), cell: ({ registeredAt }) => time(registeredAt), narrow: true, optional: true },
    { id: 'by', title: t('registeredBy'), cell: ({ registeredBy }) => registeredBy, optional: true },
    {
      id: 'handedOut',
      title: t('handedOut'),
      cell: ({ handedOutAt }) => (handedOutAt ? time(handedOutAt) : t('never')),
      narrow: true,
      optional: true,
    },
  ]
}
