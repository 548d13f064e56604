import { useCallback } from 'react'
import { type LoaderFunctionArgs, type MetaFunction, useLoaderData } from 'react-router'
import { getDevice } from '#features/devices/core'
import { translate } from '#platform/core'
import { api, apiContext, languageContext } from '#platform/web'
import { getHealth } from '../../core/index.ts'
import { Health } from '../health.tsx'

/** /console/devices/{id}/health: how one machine is, unless its owner keeps it to himself. */
export async function loader({ params, context }: LoaderFunctionArgs) {
  const calls = context.get(apiContext)
  const deviceId = params.deviceId ?? ''
  const [{ value: device }, health] = await Promise.all([
    calls.callWithEtag(getDevice, { params: { deviceId } }),
    calls.call(getHealth, { params: { deviceId } }),
  ])
  return { deviceId, name: `${device.model} ${device.serial}`, health, language: context.get(languageContext) }
}

export const meta: MetaFunction<typeof loader> = ({ loaderData }) =>
  loaderData ? [{ title: translate(loaderData.language, 'diagnosis:of', { name: loaderData.name }) }] : []

export default function HealthPage() {
  const { deviceId, health } = useLoaderData<typeof loader>()
  const read = useCallback(() => api.call(getHealth, { params: { deviceId } }), [deviceId])
  return <Health first={health} read={read} key={deviceId} />
}
