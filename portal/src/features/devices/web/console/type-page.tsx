import { useState } from 'react'
import { type LoaderFunctionArgs, type MetaFunction, useLoaderData, useNavigate } from 'react-router'
import { getMe, permissionsOf } from '#features/accounts/core'
import { ProblemNotice } from '#features/accounts/web'
import { listManagedProducts } from '#features/products/core'
import { pathIn, translate } from '#platform/core'
import {
  ActionButton,
  ActionLink,
  api,
  apiContext,
  Breadcrumbs,
  ConfirmDialog,
  languageContext,
  PageHeader,
  useLanguage,
  useProblem,
  useTexts,
} from '#platform/web'
import { changeDeviceType, deleteDeviceType, getDeviceType } from '../../core/index.ts'
import style from './console.module.css'
import { TypeForm } from './type-form.tsx'

/** /console/device-types/{id}: what machines of a type measure and are made of. */
export async function loader({ params, context }: LoaderFunctionArgs) {
  const calls = context.get(apiContext)
  const [{ value: type, etag }, { items }, { account }] = await Promise.all([
    calls.callWithEtag(getDeviceType, { params: { typeId: params.typeId ?? '' } }),
    calls.call(listManagedProducts, { query: { limit: 100 } }),
    calls.call(getMe, {}),
  ])
  const rights = permissionsOf(account?.roles ?? [])
  return {
    ...{ type, etag, mayWrite: rights.includes('device-type.manage'), seesDevices: rights.includes('device.read') },
    ...{ products: items.map(({ id, name }) => ({ id, name })), language: context.get(languageContext) },
  }
}

export const meta: MetaFunction<typeof loader> = ({ loaderData }) =>
  loaderData
    ? [{ title: loaderData.type.name[loaderData.language] || translate(loaderData.language, 'devices:types.title') }]
    : []

export default function TypePage() {
  const { type, etag, products, mayWrite, seesDevices } = useLoaderData<typeof loader>()
  const t = useTexts('devices')
  const ofAdvisory = useTexts('advisory')
  const ofVibration = useTexts('vibration')
  const language = useLanguage()
  const [seen, setSeen] = useState({ type, etag })
  const [saved, setSaved] = useState(false)
  const title = seen.type.name[language]
  const params = { typeId: type.id }
  return (
    <>
      <Breadcrumbs crumbs={[{ title: t('types.title'), href: pathIn(language, '/console/device-types') }, { title }]} />
      <PageHeader
        title={title}
        actions={
          <>
            <ActionLink size="small" to={pathIn(language, `/console/device-types/${type.id}/maintenance`)}>
              {ofAdvisory('editor.open')}
            </ActionLink>
            <ActionLink size="small" to={pathIn(language, `/console/device-types/${type.id}/vibration`)}>
              {ofVibration('editor.open')}
            </ActionLink>
            {seesDevices ? (
              <ActionLink size="small" to={`${pathIn(language, '/console/devices')}?type=${type.id}`}>
                {`${t('types.devices')} ${seen.type.devices}`}
              </ActionLink>
            ) : null}
          </>
        }
      />
      <TypeForm
        key={seen.etag}
        type={seen.type}
        products={products}
        mayWrite={mayWrite}
        action={t('types.save')}
        send={async body => {
          setSaved(false)
          const { value, etag: next } = await api.callWithEtag(changeDeviceType, { params, body, ifMatch: seen.etag })
          setSeen({ type: value, etag: next })
          setSaved(true)
        }}
      >
        <span role="status">{saved ? t('types.saved') : ''}</span>
        <Remove name={title} typeId={type.id} etag={seen.etag} devices={seen.type.devices} />
      </TypeForm>
    </>
  )
}

function Remove({ name, typeId, etag, devices }: { name: string; typeId: string; etag: string; devices: number }) {
  const t = useTexts('devices')
  const language = useLanguage()
  const navigate = useNavigate()
  const { problem, attempt } = useProblem()
  const [asks, setAsks] = useState(false)
  if (devices > 0) return <span className={style.muted}>{t('types.deleteNot')}</span>
  const remove = async () => {
    const gone = await attempt(() => api.call(deleteDeviceType, { params: { typeId }, ifMatch: etag }).then(() => true))
    setAsks(false)
    if (gone) await navigate(pathIn(language, '/console/device-types'))
  }
  return (
    <>
      <ActionButton size="small" strength="quiet" onClick={() => setAsks(true)}>
        {t('types.delete')}
      </ActionButton>
      <ProblemNotice problem={problem} />
      <ConfirmDialog
        open={asks}
        title={t('types.deleteTitle', { name })}
        action={t('types.delete')}
        danger
        onConfirm={() => void remove()}
        onClose={() => setAsks(false)}
      >
        {t('types.deleteHelp')}
      </ConfirmDialog>
    </>
  )
}
