import { type LoaderFunctionArgs, type MetaFunction, useLoaderData } from 'react-router'
import { getDeviceAuthority } from '#features/devices/core'
import { formatNumber, formatTime, pathIn } from '#platform/core'
import {
  ActionLink,
  apiContext,
  Breadcrumbs,
  DescriptionList,
  languageContext,
  PageHeader,
  useLanguage,
  useTexts,
  useTimeZone,
} from '#platform/web'
import { getDeviceList } from '../core/index.ts'
import { HandOut } from './hand-out.tsx'
import style from './provisioning.module.css'

/** /console/device-lists/{id}: machines that were registered together, and what they are claimed by and sign in by. */
export async function loader({ params, context }: LoaderFunctionArgs) {
  const calls = context.get(apiContext)
  const [list, { authority }] = await Promise.all([
    calls.call(getDeviceList, { params: { listId: params.listId ?? '' } }),
    calls.call(getDeviceAuthority, {}),
  ])
  return { list, certifies: authority !== null, language: context.get(languageContext) }
}

export const meta: MetaFunction<typeof loader> = ({ loaderData }) => (loaderData ? [{ title: loaderData.list.fileName }] : [])

export default function ListPage() {
  const { list, certifies } = useLoaderData<typeof loader>()
  const t = useTexts('provisioning')
  const ofDevices = useTexts('devices')
  const language = useLanguage()
  const zone = useTimeZone()
  const { fileName, machines, owned, signedIn, registeredAt, registeredBy } = list
  return (
    <>
      <Breadcrumbs
        crumbs={[
          { title: ofDevices('console.title'), href: pathIn(language, '/console/devices') },
          { title: t('title'), href: pathIn(language, '/console/device-lists') },
          { title: fileName },
        ]}
      />
      <PageHeader title={fileName} />
      <div className={style.stack}>
        <DescriptionList
          items={[
            { term: t('machines'), value: formatNumber(machines, language) },
            { term: t('list.owned'), value: formatNumber(owned, language) },
            { term: t('list.signedIn'), value: formatNumber(signedIn, language) },
            { term: t('registeredAt'), value: formatTime(registeredAt, language, zone) },
            { term: t('registeredBy'), value: registeredBy },
          ]}
        />
        <HandOut list={list} certifies={certifies} />
        <div className={style.actions}>
          <ActionLink to={pathIn(language, '/console/devices')}>{t('list.seeMachines')}</ActionLink>
        </div>
      </div>
    </>
  )
}
