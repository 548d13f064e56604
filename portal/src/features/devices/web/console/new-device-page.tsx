import { type LoaderFunctionArgs, type MetaFunction, useLoaderData, useNavigate } from 'react-router'
import { ProblemNotice, useEntry } from '#features/accounts/web'
import { pathIn, translate } from '#platform/core'
import {
  ActionButton,
  ActionLink,
  api,
  apiContext,
  Breadcrumbs,
  languageContext,
  PageHeader,
  useLanguage,
  useTexts,
} from '#platform/web'
import { createDevice, listDeviceTypes } from '../../core/index.ts'
import style from './console.module.css'
import { bodyOf, DeviceFields } from './device-form.tsx'

/** /console/devices/new: a machine that nobody owns yet. */
export async function loader({ context }: LoaderFunctionArgs) {
  const { items } = await context.get(apiContext).call(listDeviceTypes, {})
  return { types: items, language: context.get(languageContext) }
}

export const meta: MetaFunction<typeof loader> = ({ loaderData }) =>
  loaderData ? [{ title: translate(loaderData.language, 'devices:console.new') }] : []

export default function NewDevicePage() {
  const { types } = useLoaderData<typeof loader>()
  const t = useTexts('devices')
  const language = useLanguage()
  const navigate = useNavigate()
  const list = pathIn(language, '/console/devices')
  const entry = useEntry(
    () => ({}),
    async typed => {
      const { id } = await api.call(createDevice, { body: bodyOf(typed, []) })
      await navigate(`${list}/${id}`)
    },
  )
  return (
    <>
      <Breadcrumbs crumbs={[{ title: t('console.title'), href: list }, { title: t('console.new') }]} />
      <PageHeader title={t('console.new')} />
      <form className={style.form} method="post" noValidate onSubmit={entry.onSubmit}>
        <ProblemNotice problem={entry.problem} />
        <DeviceFields types={types} errors={entry.errors} />
        <div className={style.actions}>
          <ActionButton type="submit" strength="primary" disabled={entry.busy}>
            {t('console.create')}
          </ActionButton>
          <ActionLink strength="quiet" to={list}>
            {t('console.title')}
          </ActionLink>
        </div>
      </form>
    </>
  )
}
