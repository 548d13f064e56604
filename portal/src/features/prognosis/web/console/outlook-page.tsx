import { useState } from 'react'
import { type LoaderFunctionArgs, type MetaFunction, useLoaderData, useRevalidator } from 'react-router'
import { ProblemNotice } from '#features/accounts/web'
import { getDevice } from '#features/devices/core'
import { translate } from '#platform/core'
import { ActionButton, api, apiContext, languageContext, useProblem, useTexts } from '#platform/web'
import { getOutlook, renewOutlook } from '../../core/index.ts'
import { Outlook } from '../outlook.tsx'
import style from './models.module.css'

/** /console/devices/{id}/outlook: how long components of one machine are likely to last, unless its owner keeps it to himself. */
export async function loader({ params, context }: LoaderFunctionArgs) {
  const calls = context.get(apiContext)
  const deviceId = params.deviceId ?? ''
  const [{ value: device }, outlook] = await Promise.all([
    calls.callWithEtag(getDevice, { params: { deviceId } }),
    calls.call(getOutlook, { params: { deviceId } }),
  ])
  return { deviceId, name: `${device.model} ${device.serial}`, outlook, language: context.get(languageContext) }
}

export const meta: MetaFunction<typeof loader> = ({ loaderData }) =>
  loaderData ? [{ title: translate(loaderData.language, 'prognosis:of', { name: loaderData.name }) }] : []

export default function OutlookPage() {
  const { deviceId, outlook } = useLoaderData<typeof loader>()
  const t = useTexts('prognosis')
  const { revalidate } = useRevalidator()
  const { problem, attempt } = useProblem()
  const [busy, setBusy] = useState(false)
  const renew = async () => {
    setBusy(true)
    await attempt(() => api.call(renewOutlook, { params: { deviceId } }))
    await revalidate()
    setBusy(false)
  }
  return (
    <div className={style.page}>
      <p>
        <ActionButton size="small" disabled={busy} onClick={() => void renew()}>
          {t(busy ? 'renewing' : 'renew')}
        </ActionButton>
      </p>
      <ProblemNotice problem={problem} />
      <Outlook outlook={outlook} />
    </div>
  )
}
