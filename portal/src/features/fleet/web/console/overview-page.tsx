import { type LoaderFunctionArgs, type MetaFunction, useLoaderData } from 'react-router'
import { getDevice } from '#features/devices/core'
import { getMetrics } from '#features/telemetry/core'
import { translate } from '#platform/core'
import { apiContext, languageContext } from '#platform/web'
import { getStanding } from '../../core/index.ts'
import { Overview } from '../overview.tsx'

/** /console/devices/{id}/overview: how one machine is, unless its owner keeps that to himself. */
export async function loader({ params, context }: LoaderFunctionArgs) {
  const calls = context.get(apiContext)
  const deviceId = params.deviceId ?? ''
  const [{ value: device }, standing, metrics] = await Promise.all([
    calls.callWithEtag(getDevice, { params: { deviceId } }),
    calls.call(getStanding, { params: { deviceId } }),
    calls.call(getMetrics, { params: { deviceId } }),
  ])
  return {
    ...{ deviceId, name: `${device.model} ${device.serial}`, components: device.components, standing, metrics, at: Date.now() },
    language: context.get(languageContext),
  }
}

export const meta: MetaFunction<typeof loader> = ({ loaderData }) =>
  loaderData ? [{ title: `${loaderData.name} · ${translate(loaderData.language, 'fleet:overview')}` }] : []

export default function OverviewPage() {
  const { deviceId, standing, metrics, components, at } = useLoaderData<typeof loader>()
  return <Overview side="console" {...{ deviceId, standing, metrics, components, at }} machine={`/console/devices/${deviceId}`} />
}
