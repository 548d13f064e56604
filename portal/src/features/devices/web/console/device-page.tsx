import { useCallback, useState } from 'react'
import { type LoaderFunctionArgs, type MetaFunction, useLoaderData, useNavigate, useRevalidator } from 'react-router'
import { getMe, permissionsOf } from '#features/accounts/core'
import { ProblemNotice, useEntry } from '#features/accounts/web'
import { formatTime, pathIn, translate } from '#platform/core'
import {
  ActionButton,
  api,
  apiContext,
  ConfirmDialog,
  languageContext,
  Notice,
  useLanguage,
  useLive,
  useProblem,
  useTexts,
  useTimeZone,
} from '#platform/web'
import {
  changeDevice,
  type DeviceDetail,
  deleteDevice,
  getDevice,
  getDeviceAuthority,
  listDeviceTypes,
  listReplacements,
  type ReplacementFields,
  replaceComponent,
} from '../../core/index.ts'
import { Replacements } from '../replacements.tsx'
import { ClaimCard } from './claim-card.tsx'
import style from './console.module.css'
import { CredentialsCard } from './credentials-card.tsx'
import { bodyOf, DeviceFields } from './device-form.tsx'
import { HoldingsCard } from './holdings-card.tsx'
import { identificationOf } from './identification-fields.tsx'

/** /console/devices/{id}: one machine, whose it is, and by what it signs in. */
export async function loader({ params, context }: LoaderFunctionArgs) {
  const calls = context.get(apiContext)
  const [{ value: device, etag }, { items }, { account }, { authority }] = await Promise.all([
    calls.callWithEtag(getDevice, { params: { deviceId: params.deviceId ?? '' } }),
    calls.call(listDeviceTypes, {}),
    calls.call(getMe, {}),
    calls.call(getDeviceAuthority, {}),
  ])
  const mayWrite = permissionsOf(account?.roles ?? []).includes('device.manage')
  return { device, etag, types: items, mayWrite, certifies: authority !== null, language: context.get(languageContext) }
}

export const meta: MetaFunction<typeof loader> = ({ loaderData }) =>
  loaderData ? [{ title: nameOf(loaderData.device) || translate(loaderData.language, 'devices:console.title') }] : []

const nameOf = ({ model, serial }: DeviceDetail): string => `${model} ${serial}`

export default function DevicePage() {
  const { device, etag, mayWrite, certifies } = useLoaderData<typeof loader>()
  const t = useTexts('devices')
  const language = useLanguage()
  const zone = useTimeZone()
  const { revalidate } = useRevalidator()
  useLive('devices', id => {
    if (id === null || id === device.id) void revalidate()
  })
  const { withheldSince, partnersWithheldSince } = device
  return (
    <>
      <div className={style.notices}>
        {withheldSince ? (
          <Notice tone="warn" title={t('console.withheld', { at: formatTime(withheldSince, language, zone) })} />
        ) : null}
        {partnersWithheldSince ? (
          <Notice title={t('console.partnersWithheld', { at: formatTime(partnersWithheldSince, language, zone) })} />
        ) : null}
      </div>
      <div className={style.columns}>
        <section className={style.card}>
          <h2>{t('console.details')}</h2>
          <Details key={device.id} />
        </section>
        <div className={style.side}>
          <HoldingsCard device={device} etag={etag} mayWrite={mayWrite} />
          <ClaimCard device={device} mayWrite={mayWrite} />
          <CredentialsCard device={device} mayWrite={mayWrite} certifies={certifies} />
          <section className={style.card}>
            <ReplacementsCard />
          </section>
          {mayWrite && device.holdings.length === 0 && device.credentials.length === 0 ? (
            <Remove device={device} etag={etag} />
          ) : null}
        </div>
      </div>
    </>
  )
}

/** What the fields say: other changes of a machine do them no harm. */
const saidOf = (device: DeviceDetail) => {
  const { serial, model, typeCode, type, builtYear, deliveredOn, warrantyUntil, site } = device
  return JSON.stringify([
    ...[serial, model, typeCode, type, builtYear, deliveredOn, warrantyUntil, site],
    ...[device.configurationToken, device.orderNumber, device.components, identificationOf(device)],
  ])
}

function Details() {
  const { device, etag, types, mayWrite } = useLoaderData<typeof loader>()
  const t = useTexts('devices')
  const { revalidate } = useRevalidator()
  const [saved, setSaved] = useState(false)
  const [begun, setBegun] = useState({ said: saidOf(device), etag })
  const ifMatch = begun.said === saidOf(device) ? etag : begun.etag
  const entry = useEntry(
    () => ({}),
    async typed => {
      setSaved(false)
      const body = bodyOf(
        typed,
        device.components.map(({ key }) => key),
      )
      const params = { deviceId: device.id }
      const { value, etag: next } = await api.callWithEtag(changeDevice, { params, body, ifMatch })
      setBegun({ said: saidOf(value), etag: next })
      setSaved(true)
      await revalidate()
    },
  )
  const stale = entry.problem?.type === '/problems/changed-meanwhile'
  return (
    <form className={style.form} method="post" noValidate onSubmit={entry.onSubmit}>
      <ProblemNotice problem={entry.problem}>
        {stale ? (
          <ActionButton size="small" onClick={() => window.location.reload()}>
            {t('console.reload')}
          </ActionButton>
        ) : null}
      </ProblemNotice>
      <fieldset className={style.plain} disabled={!mayWrite} key={device.type?.id}>
        <DeviceFields device={device} types={types} errors={entry.errors} />
      </fieldset>
      {mayWrite ? (
        <div className={style.actions}>
          <ActionButton type="submit" strength="primary" disabled={entry.busy}>
            {t('console.save')}
          </ActionButton>
          <span role="status">{saved ? t('console.saved') : ''}</span>
        </div>
      ) : null}
    </form>
  )
}

function ReplacementsCard() {
  const { device, mayWrite } = useLoaderData<typeof loader>()
  const { revalidate } = useRevalidator()
  const { id } = device
  const read = useCallback(() => api.call(listReplacements, { params: { deviceId: id } }), [id])
  const send = async (body: ReplacementFields) => {
    const seen = await api.call(replaceComponent, { params: { deviceId: id }, body })
    await revalidate()
    return seen
  }
  return <Replacements read={read} components={device.components} {...(mayWrite ? { send } : {})} />
}

/** Only for what was entered by mistake. */
function Remove({ device, etag }: { device: DeviceDetail; etag: string }) {
  const t = useTexts('devices')
  const language = useLanguage()
  const navigate = useNavigate()
  const { problem, attempt } = useProblem()
  const [asks, setAsks] = useState(false)
  const remove = async () => {
    const call = { params: { deviceId: device.id }, ifMatch: etag }
    const gone = await attempt(() => api.call(deleteDevice, call).then(() => true))
    setAsks(false)
    if (gone) await navigate(pathIn(language, '/console/devices'))
  }
  return (
    <div className={style.actions}>
      <ProblemNotice problem={problem} />
      <ActionButton size="small" strength="quiet" onClick={() => setAsks(true)}>
        {t('console.delete')}
      </ActionButton>
      <ConfirmDialog
        open={asks}
        title={t('console.deleteTitle', { machine: nameOf(device) })}
        action={t('console.delete')}
        danger
        onConfirm={() => void remove()}
        onClose={() => setAsks(false)}
      >
        {t('console.deleteHelp')}
      </ConfirmDialog>
    </div>
  )
}
