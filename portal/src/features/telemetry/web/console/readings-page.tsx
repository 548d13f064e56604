import { useCallback } from 'react'
import { type LoaderFunctionArgs, type MetaFunction, useLoaderData } from 'react-router'
import { getDevice } from '#features/devices/core'
import { translate } from '#platform/core'
import { api, apiContext, languageContext } from '#platform/web'
import { getHistory, getMarks, getMetrics, listAlike } from '../../core/index.ts'
import { Readings } from '../readings.tsx'
import { queryOf, type Span } from '../span.ts'

/** /console/devices/{id}/readings: what one machine measures, unless its owner keeps it to himself. */
export async function loader({ params, context }: LoaderFunctionArgs) {
  const calls = context.get(apiContext)
  const deviceId = params.deviceId ?? ''
  const [{ value: device }, metrics] = await Promise.all([
    calls.callWithEtag(getDevice, { params: { deviceId } }),
    calls.call(getMetrics, { params: { deviceId } }),
  ])
  return { deviceId, name: `${device.model} ${device.serial}`, metrics, at: Date.now(), language: context.get(languageContext) }
}

export const meta: MetaFunction<typeof loader> = ({ loaderData }) =>
  loaderData ? [{ title: translate(loaderData.language, 'telemetry:of', { name: loaderData.name }) }] : []

export default function ReadingsPage() {
  const { deviceId, metrics, at } = useLoaderData<typeof loader>()
  const readMetrics = useCallback(() => api.call(getMetrics, { params: { deviceId } }), [deviceId])
  const readHistory = useCallback(
    (metric: string, span: Span, of = deviceId) =>
      api.call(getHistory, { params: { deviceId: of, metric }, query: queryOf(span) }),
    [deviceId],
  )
  const readMarks = useCallback((span: Span) => api.call(getMarks, { params: { deviceId }, query: queryOf(span) }), [deviceId])
  const readAlike = useCallback(() => api.call(listAlike, { params: { deviceId } }), [deviceId])
  return (
    <Readings
      side="console"
      first={{ metrics, at }}
      {...{ deviceId, readMetrics, readHistory, readMarks, readAlike }}
      key={deviceId}
    />
  )
}
